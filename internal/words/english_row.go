package words

// rowTexts are the texts of what became of a row or of a request, in English.
var rowTexts = map[string]string{}
