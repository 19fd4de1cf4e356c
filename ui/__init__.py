"""The page for the readers: asks the search API and shows what it says, in German, English or French."""
