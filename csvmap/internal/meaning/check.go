package meaning

import (
	"errors"
	"slices"

	"razebulk/csvmap/internal/cell"
	"razebulk/internal/crm"
	"razebulk/internal/reason"
)

// CheckWords refuses a text that clears a field, or counts as an empty cell, if no cell could equal it, or if it is
// both.
func CheckWords(marker string, emptyWords []string) error {
	return errors.Join(checkMarker(marker), checkEmptyWords(emptyWords, marker))
}

func checkEmptyWords(words []string, marker string) error {
	for _, word := range words {
		switch {
		case word == "" || cell.Trim(word) != word:
			return reason.New("empty_word_untrimmed", "word", word)
		case word == marker:
			return reason.New("empty_word_clears", "word", word)
		}
	}
	return nil
}

func checkMarker(marker string) error {
	switch {
	case marker == "":
		return nil
	case cell.IsFormulaError(marker):
		return reason.New("clear_marker_is_error", "marker", marker)
	case crm.IsEscaped(marker):
		return reason.New("clear_marker_escaped", "marker", marker)
	case cell.Trim(marker) != marker:
		return reason.New("clear_marker_untrimmed", "marker", marker)
	}
	return nil
}

// CheckMappings refuses mappings that contradict each other or the ignored columns.
func CheckMappings(mappings []Mapping, ignore []string) error {
	var problems []error
	for i, m := range mappings {
		if slices.Contains(ignore, m.Column) {
			problems = append(problems, reason.New("mapped_and_ignored", "header", m.Column))
		}
		for _, other := range mappings[:i] {
			if other.Column == m.Column {
				problems = append(problems, reason.New("mapped_twice", "header", m.Column))
			}
		}
	}
	return errors.Join(problems...)
}
