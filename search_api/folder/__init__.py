"""The Antwortmappe: what a consultant sends to whoever asked, in four formats; always in German."""
