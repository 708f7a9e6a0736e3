package config

import (
	"slices"

	"github.com/invopop/jsonschema"
	"github.com/spf13/pflag"
)

// Schema returns the JSON schema of a settings file, for editors.
func Schema(known *pflag.FlagSet) *jsonschema.Schema {
	settings := settingsSchema(known)
	top := settingsSchema(known)
	top.Version = jsonschema.Version
	top.Title = "Settings of razebulk"
	top.Definitions = jsonschema.Definitions{"settings": settings}
	top.Properties.Set(profilesKey, &jsonschema.Schema{
		Type: "object", Description: "settings by the name of a profile", AdditionalProperties: &jsonschema.Schema{Ref: "#/$defs/settings"},
	})
	return top
}

func settingsSchema(known *pflag.FlagSet) *jsonschema.Schema {
	s := &jsonschema.Schema{Type: "object", Properties: jsonschema.NewProperties(), AdditionalProperties: jsonschema.FalseSchema}
	known.VisitAll(func(flag *pflag.Flag) { s.Properties.Set(flag.Name, valueSchema(flag)) })
	return s
}

// valueSchema is less strict than the program: strings are checked when the file is read.
func valueSchema(flag *pflag.Flag) *jsonschema.Schema {
	_, description := pflag.UnquoteUsage(flag)
	s := &jsonschema.Schema{Description: description}
	_, isList := flag.Value.(pflag.SliceValue)
	switch kind := flag.Value.Type(); {
	case isList && slices.Contains(Pairs, flag.Name):
		s.AnyOf = []*jsonschema.Schema{texts(), {Type: "object", AdditionalProperties: &jsonschema.Schema{Type: "string"}}}
	case isList:
		s.Type, s.Items = "array", &jsonschema.Schema{AnyOf: []*jsonschema.Schema{{Type: "string"}, {Type: "number"}, {Type: "boolean"}, {Type: "null"}}}
	case kind == "bool":
		s.Type = "boolean"
	case kind == "int" || kind == "uint":
		s.Type = "integer"
	case kind == "float64":
		s.Type = "number"
	default: // strings, and those that look like numbers
		s.AnyOf = []*jsonschema.Schema{{Type: "string"}, {Type: "number"}}
	}
	return s
}

func texts() *jsonschema.Schema {
	return &jsonschema.Schema{Type: "array", Items: &jsonschema.Schema{Type: "string"}}
}
