"""From the seller's lens to the shopper's glass: how old a picture is when it is seen."""
