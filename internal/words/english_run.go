package words

// runTexts are the texts of what ended or hindered a whole run, and of its files, in English.
var runTexts = map[string]string{}
