package words

// sheetTexts are the texts of what is wrong with a sheet, a row or a cell, in English.
var sheetTexts = map[string]string{}
