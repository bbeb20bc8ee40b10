#!/bin/sh
# The JSON Schema of the policy language, judged by a validator that is not ours: it is one, the policies that ship and those of
# the fixtures are valid by it, and mistakes of every kind are not.
. "$(dirname "$0")/../lib.sh"
if ! python3 -c 'import jsonschema, yaml; jsonschema.Draft202012Validator' > /dev/null 2>&1; then
	skip 'the schema: no python3-jsonschema (with draft 2020-12) and python3-yaml here'
	check 'the schema is printed' test -n "$("$ZONEMEND" policy schema)"
	finish
fi
"$ZONEMEND" policy schema > "$scratch/schema.json"

# valid FILE: YAML 1.1 as most readers still speak it.
valid() {
	python3 - "$scratch/schema.json" "$1" << 'END'
import json, sys
import jsonschema, yaml
schema = json.load(open(sys.argv[1]))
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)
errors = list(validator.iter_errors(yaml.safe_load(open(sys.argv[2]))))
for error in errors:
    print(sys.argv[2], list(error.path), error.message)
sys.exit(1 if errors else 0)
END
}

invalid() {
	! valid "$1" > /dev/null
}

for policy in "$ZM_TOP"/policies/*.yaml "$ZM_TOP"/fixtures/*/zonemend.yaml; do
	check "${policy#"$ZM_TOP"/} is valid" valid "$policy"
done
number=0
while IFS= read -r line; do
	number=$((number + 1))
	printf '%b\n' "$line" > "$scratch/$number.yaml"
	check "mistake $number is found by the schema" invalid "$scratch/$number.yaml"
	check "mistake $number is found by the program" sh -c "! '$ZONEMEND' policy check '$scratch/$number.yaml' 2> /dev/null"
done << 'END'
spf: {}
version: 2
version: 1\nspff: {}
version: 1\nspf: {require: include:x.example}
version: 1\nspf: {lookups: 11}
version: 1\nrules: {ptr-mechanism: warn}
version: 1\nrules: {ptr-mechanisms: off}
version: 1\nrules: {ptr-mechanism: {}}
version: 1\nserial: {style: dates}
version: 1\nexpect: [{zone: x.example, sender: x.example, ip: 192.0.2.1, result: good}]
version: 1\nexpect: [{zone: x.example, sender: x.example, result: pass}]
version: 1\nzones: [{match: [], rules: {pass-all: off}}]
version: 1\nfiles: {exclude: a}
END
finish
