"""Making the guide: its pages and topics, from the declarations, the golden screens and the parts written by hand."""
