package csvmap

import "razebulk/csvmap/internal/meaning"

// Mapping is the user's statement that a column holds a field.
type Mapping = meaning.Mapping

// ParseMapping parses "Column=field", or "Column=field:string" or "Column=field:number" for a field that is not in
// the API's description but may exist in a deployment.
func ParseMapping(text string) (Mapping, error) { return meaning.ParseMapping(text) }
