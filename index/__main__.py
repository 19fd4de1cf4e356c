"""`python -m index`: pack what the house's programs read at their start; a step of the installation."""

from index import language_model, word_forms

if __name__ == "__main__":
    word_forms.pack(word_forms.PACKED)
    language_model.pack(language_model.PACKED)
