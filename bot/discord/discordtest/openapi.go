package discordtest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// description is where Discord's OpenAPI description is, from the root of the module. It is third-party data and no part of the project.
const description = "../shared/platforms/discord-openapi.json"

// openapi is Discord's description. It is read aside, as that takes a tenth of a second; then the server's mu is over it.
type openapi struct {
	path     string
	read     chan struct{}  // closed when it is
	doc      map[string]any // nil if it is not there
	compiler *jsonschema.Compiler
	schemas  map[string]*jsonschema.Schema
}

// check holds a body to the description and to the rules. What it finds is a violation. The caller has waited until the
// description is read, and holds mu.
func (s *Server) check(name, path string, body json.RawMessage) *problem {
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
	if err != nil {
		s.violate("%s: the body is no JSON: %v: %.500s", name, err, body)
		return trouble(50109)
	}
	method, _, _ := strings.Cut(name, " ")
	found := s.describes(strings.ToLower(method), path, value)
	found = append(found, rules(name, body)...)
	for _, b := range found {
		s.violate("%s: at %q %s, in the body %.2000s", name, b.path, b.message, body)
	}
	if len(found) > 0 {
		return invalid(found[0].path, found[0].message, "DISCORDTEST")
	}
	return nil
}

// breach is something wrong at a place in a body.
type breach struct{ path, message string }

// load reads the description, and says so if it is not there.
func (s *Server) load() {
	o := &s.openapi
	defer close(o.read)
	file := o.path
	if file == "" {
		root, err := moduleRoot()
		if err != nil {
			s.tb.Logf("SKIPPED: bodies are not held to Discord's OpenAPI description: %v", err)
			return
		}
		file = filepath.Join(root, filepath.FromSlash(description))
	}
	raw, err := os.ReadFile(file)
	if err != nil {
		s.tb.Logf("SKIPPED: bodies are not held to Discord's OpenAPI description: %v", err)
		return
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		s.wrongly("read %s: %v", file, err)
		return
	}
	o.doc, _ = doc.(map[string]any)
	o.soften()
	o.schemas = map[string]*jsonschema.Schema{}
	o.compiler = jsonschema.NewCompiler()
	if err := o.compiler.AddResource("discord.json", doc); err != nil {
		s.wrongly("read %s: %v", file, err)
		o.doc = nil
	}
}

// soften takes back what the description says wrongly: default_member_permissions is a string, not a number.
func (o *openapi) soften() {
	for _, schema := range o.at("components", "schemas") {
		properties, _ := object(schema)["properties"].(map[string]any)
		if _, there := properties["default_member_permissions"]; there {
			properties["default_member_permissions"] = map[string]any{"type": []any{"string", "null"}}
		}
	}
}

// at is the object that a path leads to; nil if there is none.
func (o *openapi) at(path ...string) map[string]any {
	here := o.doc
	for _, step := range path {
		here = object(here[step])
	}
	return here
}

func object(v any) map[string]any {
	o, _ := v.(map[string]any)
	return o
}

// moduleRoot is the folder of go.mod above the folder of the test.
func moduleRoot() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		up := filepath.Dir(dir)
		if up == dir {
			return "", errors.New("there is no go.mod above the test")
		}
		dir = up
	}
}

// describes lists what in a body is not as the description has it, unknown keys too.
func (s *Server) describes(method, path string, value any) []breach {
	o := &s.openapi
	if o.doc == nil {
		return nil
	}
	steps := []string{"paths", path, method, "requestBody", "content", "application/json", "schema"}
	root := o.at(steps...)
	if root == nil {
		return []breach{{"", fmt.Sprintf("has no place: %s %s takes no JSON", method, path)}}
	}
	pointer := "discord.json#"
	for _, step := range steps {
		pointer += "/" + url.PathEscape(strings.NewReplacer("~", "~0", "/", "~1").Replace(step))
	}
	schema := o.schemas[pointer]
	if schema == nil {
		compiled, err := o.compiler.Compile(pointer)
		if err != nil {
			return []breach{{"", "cannot be checked: " + err.Error()}}
		}
		schema, o.schemas[pointer] = compiled, compiled
	}
	var found []breach
	var wrong *jsonschema.ValidationError
	if err := schema.Validate(value); errors.As(err, &wrong) {
		found = append(found, deepest(wrong))
	}
	o.unknown(value, []any{root}, "", &found)
	return found
}

// deepest is the cause that lies deepest in the body: of the alternatives that were tried, the one that was meant.
func deepest(e *jsonschema.ValidationError) breach {
	best, depth := e, -1
	var visit func(*jsonschema.ValidationError)
	visit = func(e *jsonschema.ValidationError) {
		if len(e.Causes) == 0 && len(e.InstanceLocation) > depth {
			best, depth = e, len(e.InstanceLocation)
		}
		for _, cause := range e.Causes {
			visit(cause)
		}
	}
	visit(e)
	return breach{strings.Join(best.InstanceLocation, "/"), strings.ReplaceAll(best.Error(), "\n", " ")}
}

// unknown finds keys that none of the schemas for a value has.
func (o *openapi) unknown(value any, schemas []any, path string, found *[]breach) {
	var flat []map[string]any
	for _, schema := range schemas {
		flat = o.flatten(schema, flat)
	}
	switch v := value.(type) {
	case []any:
		var items []any
		for _, schema := range flat {
			if i, there := schema["items"]; there {
				items = append(items, i)
			}
		}
		for i, one := range v {
			o.unknown(one, items, fmt.Sprintf("%s/%d", path, i), found)
		}
	case map[string]any:
		fits := fitting(flat, v)
		for name, one := range v {
			inner := under(fits, name)
			if len(inner) == 0 && (one == nil || one == false && len(under(flat, name)) > 0) {
				continue // a key of another type, which says nothing: discordgo writes such in commands, and they are taken
			}
			if len(inner) == 0 {
				*found = append(*found, breach{path + "/" + name, "is a key that Discord does not know"})
				continue
			}
			o.unknown(one, inner, path+"/"+name, found)
		}
	}
}

// under are the schemas that objects have for a key.
func under(flat []map[string]any, name string) []any {
	var found []any
	for _, schema := range flat {
		if p, there := object(schema["properties"])[name]; there {
			found = append(found, p)
		} else if more, there := schema["additionalProperties"]; there {
			found = append(found, more)
		}
	}
	return found
}

// fitting are the schemas whose type is that of the object, where they tell it: a button's keys are none of a select's.
func fitting(flat []map[string]any, v map[string]any) []map[string]any {
	kind, there := v["type"]
	if !there {
		return flat
	}
	fits := slices.DeleteFunc(slices.Clone(flat), func(schema map[string]any) bool {
		values, told := object(object(schema["properties"])["type"])["enum"].([]any)
		return told && !slices.ContainsFunc(values, func(one any) bool { return fmt.Sprint(one) == fmt.Sprint(kind) })
	})
	return fits
}

// flatten adds a schema, its reference followed and its alternatives taken apart.
func (o *openapi) flatten(schema any, to []map[string]any) []map[string]any {
	here := object(schema)
	if ref, there := here["$ref"].(string); there {
		here = o.at(strings.Split(strings.TrimPrefix(ref, "#/"), "/")...)
	}
	if here == nil {
		return to
	}
	to = append(to, here)
	for _, name := range []string{"anyOf", "oneOf", "allOf"} {
		list, _ := here[name].([]any)
		for _, one := range list {
			to = o.flatten(one, to)
		}
	}
	return to
}
