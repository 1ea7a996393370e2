"""The figures of the catalogue, by what they are about; each with the words that defend it."""
