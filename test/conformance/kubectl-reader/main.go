// Reads YAML as kubectl does: the decoder of the Kubernetes API machinery, which takes streams apart, over sigs.k8s.io/yaml.
//
// Standard input is a JSON array of texts, standard output one JSON object a line for each: its documents, or why it is refused.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"os"
	"strings"

	"k8s.io/apimachinery/pkg/util/yaml"
)

type reading struct {
	Documents []json.RawMessage `json:"documents"`
	Refused   string            `json:"refused,omitempty"`
}

// What kubectl peeks into to tell JSON from YAML.
const peeked = 4096

func read(text string) reading {
	decoder := yaml.NewYAMLOrJSONDecoder(strings.NewReader(text), peeked)
	result := reading{Documents: []json.RawMessage{}}
	for {
		var document json.RawMessage
		err := decoder.Decode(&document)
		if errors.Is(err, io.EOF) {
			return result
		}
		if err != nil {
			return reading{Documents: []json.RawMessage{}, Refused: err.Error()}
		}
		if document == nil {
			document = json.RawMessage("null")
		}
		result.Documents = append(result.Documents, document)
	}
}

func main() {
	var texts []string
	if err := json.NewDecoder(bufio.NewReader(os.Stdin)).Decode(&texts); err != nil {
		panic(err)
	}
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	encoder := json.NewEncoder(out)
	for _, text := range texts {
		if err := encoder.Encode(read(text)); err != nil {
			panic(err)
		}
	}
}
