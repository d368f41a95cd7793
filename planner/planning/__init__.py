"""From a case to decisions and all that they come to: the search, settling, plans made by hand, prices, promises."""
