// Package portuguese provides the program's texts in Brazilian Portuguese, and formats counts, times and the words that
// other packages give as parameters.
package portuguese

import "maps"

// Texts returns the texts by their codes, the same codes as in English.
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
		workbookTexts,
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
