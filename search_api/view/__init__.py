"""What a person sees of answers and documents: words, links and HTML, the same in every door to the search.

Pure: from the contract's schemas to text. `routes/pages.py` fills its own pages with it, `ui/` Streamlit's.
"""
