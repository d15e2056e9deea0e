"""ERAs and EFTs: listed, shown, found and matched."""
