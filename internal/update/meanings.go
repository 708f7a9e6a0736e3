package update

import (
	"strings"

	"razebulk/internal/crm"
	"razebulk/internal/reason"
)

// ParseStageMap reads the meanings of stage names, each "Name=status" or "Name=id". Its error is a [reason.Reason].
func ParseStageMap(texts []string) (map[string]string, error) {
	return parseMeanings(texts, func(text, name, meant string) error {
		if name == "" {
			return reason.New("stage_map_form", "mapping", text)
		}
		if _, isWord := crm.StatusOf(meant); !isWord && !crm.IsUUID(crm.CanonicalID(meant)) {
			return reason.New("stage_map_meaning", "mapping", text, "meaning", meant, "statuses", crm.Statuses)
		}
		return nil
	})
}

// ParseOwnerMap reads the user ids that cells mean, each "Text=id". Its error is a [reason.Reason].
func ParseOwnerMap(texts []string) (map[string]string, error) {
	return parseMeanings(texts, func(text, name, id string) error {
		if name == "" || id == "" || strings.ContainsAny(id, " @") {
			return reason.New("owner_map_form", "mapping", text)
		}
		return nil
	})
}

// parseMeanings reads texts: after the last equals sign is the meaning of what comes before it. A text without an
// equals sign has no name.
func parseMeanings(texts []string, check func(text, name, meant string) error) (map[string]string, error) {
	var meanings map[string]string
	for _, text := range texts {
		at := strings.LastIndexByte(text, '=')
		name, meant := crm.Trim(text[:max(0, at)]), crm.Trim(text[at+1:])
		if err := check(text, name, meant); err != nil {
			return nil, err
		}
		if meanings == nil {
			meanings = map[string]string{}
		}
		meanings[name] = meant
	}
	return meanings, nil
}
