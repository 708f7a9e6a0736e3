// Package portuguese has the texts of the program as Brazilians write them, and how they write counts, times and the
// words that other packages give as parameters.
package portuguese

import "maps"

// Texts are the texts by their codes: those that there are in English.
func Texts() map[string]string {
	all := map[string]string{}
	for _, some := range []map[string]string{
		decimalTexts,
		amountTexts,
		damageTexts,
		slipTexts,
		noticeTexts,
		encodingTexts,
		engineTexts,
		headerRowTexts,
		keyTexts,
		matchTexts,
		quoteTexts,
		rowFaultTexts,
		rowTexts,
		endTexts,
		runTexts,
		serviceTexts,
		answerTexts,
		settingTexts,
		formatTexts,
		fileTexts,
		headerTexts,
		optionTexts,
		textTexts,
		undoTexts,
		stopTexts,
		talkTexts,
		uiTexts,
		usageTexts,
		pageTexts,
		whyTexts,
		doTexts,
	} {
		maps.Copy(all, some)
	}
	return all
}
