#!/bin/sh
# load.sh: the demonstration, entered through the public API as its users would: an
# administrator registers parties and people, processors enter lots, the centre tests and
# three people seal, operators release, labels are drawn, and some things go wrong
# afterwards. Called by ../quickstart.sh with base, data, rootdir, certs, server, demo set.
set -eu
umask 077
work=$(mktemp -d)
trap 'status=$?; rm -rf "$work"; [ $status -eq 0 ] || echo "load: 停在 / stopped at: ${name:-parties}" >&2' EXIT
die() { echo "load: $*" >&2; exit 1; }

call() { # token method path [json]: answer in $work/answer, status in $status
	status=$(curl -sS -o "$work/answer" -w '%{http_code}' -X "$2" -H "Authorization: Bearer $(cat "$rootdir/tokens/$1")" \
		${4+-H 'Content-Type: application/json' -H "Idempotency-Key: $(printf '%s' "$1$2$3$4" | sha256sum | cut -c1-32)" -d "$4"} "$base$3") || die "$2 $3"
}
must() { # token method path [json]
	call "$@"
	case $status in 2??) ;; *) die "$2 $3: $status $(cat "$work/answer")
$(printf '%s' "${4-}" | head -c 2000)" ;; esac
}
got() { jq -er "$1" "$work/answer"; }

# A person: key in the signer under a passphrase of his own, certificate from his party's CA.
person() { # name role-of-account party duties
	must admin POST /api/v1/users "$(jq -cn --arg n "$1" --arg r "$2" --arg p "$3" --arg d "$4" '{name: $n, role: $r, party: $p, duties: [$d]}')"
	user=$(got .id)
	must admin POST "/api/v1/users/$user/tokens" '{"label":"demonstration","days":365}'
	got .token >"$rootdir/tokens/$1"
	openssl rand -hex 12 >"$rootdir/people/$1.pass"
	must "$1" POST "/api/v1/users/$user/key" "$(jq -cn --arg p "$(cat "$rootdir/people/$1.pass")" '{passphrase: $p}')"
	got .csr >"$work/csr"
	"$certs" issue --root "$rootdir" --party "$3" --subject "$1" --roles "$4" --csr "$work/csr" --passphrase-file "$rootdir/passphrase" --chain --out "$rootdir/people/$1.pem"
	# PEM to a JSON list of base64 DER
	certs_json=$(awk '/^-----BEGIN/ { s = ""; next } /^-----END/ { print s; next } { s = s $0 }' "$rootdir/people/$1.pem" | jq -R . | jq -cs '{certs: .}')
	must admin PUT "/api/v1/users/$user/certificate" "$certs_json"
}

seal() { # person role record
	must "$1" POST /api/v1/seals "$(jq -cn --arg r "$3" --arg o "$2" --arg p "$(cat "$rootdir/people/$1.pass")" '{record: $r, version: 1, role: $o, passphrase: $p}')"
}

account_of() { # person's duty -> role of the account
	case $1 in
	tester | reviewer | approver) echo inspector ;;
	certifier) echo certifier ;;
	officer) echo regulator ;;
	*) echo processor ;;
	esac
}

echo '{}' >"$work/parties"
count=$(jq length "$demo/parties.json")
n=0
while [ $n -lt "$count" ]; do
	key=$(jq -r ".[$n].key" "$demo/parties.json")
	must admin POST /api/v1/parties "$(jq -c ".[$n].record" "$demo/parties.json")"
	id=$(got .id)
	jq -c --arg k "$key" --arg v "$id" '.[$k] = $v' "$work/parties" >"$work/parties.new" && mv "$work/parties.new" "$work/parties"
	people=$(jq -r ".[$n].people | join(\" \")" "$demo/parties.json")
	"$certs" issue --root "$rootdir" --party "$id" --subject "$key" --ca --roles "$(printf '%s' "$people" | tr ' ' ',')" --passphrase-file "$rootdir/passphrase" \
		--out "$rootdir/party-$id.pem"
	for duty in $people; do person "$key.$duty" "$(account_of "$duty")" "$id" "$duty"; done
	case $people in *operator*)
		# The machine account that enters records; it can cause no seal.
		must admin POST /api/v1/users "$(jq -cn --arg n "$key.processor" --arg p "$id" '{name: $n, role: "processor", party: $p, duties: []}')"
		user=$(got .id)
		must admin POST "/api/v1/users/$user/tokens" '{"label":"demonstration","days":365}'
		got .token >"$rootdir/tokens/$key.processor"
		;;
	esac
	n=$((n + 1))
	[ ! -t 1 ] || printf '\r  单位 / parties %s/%s' "$n" "$count"
done
printf '\r  单位 / parties %s\n' "$count"
party() { jq -er --arg k "$1" '.[$k]' "$work/parties"; }
centre=$(party centre)

mkdir -p "$data/labels"
echo '{"lots":{},"verdicts":{}}' >"$work/demo"
note() { jq -c "$@" "$work/demo" >"$work/demo.new" && mv "$work/demo.new" "$work/demo"; }

certificate() { # kind: answers with its id
	case $1 in
	green) extra='{"number":"LB-03-2609160123A","enterprise_code":"GF411724260001","scope":"（示范）绿色食品 A 级"}' ;;
	organic) extra='{"number":"227OP2600099","scope":"（示范）有机产品"}' ;;
	gi) extra='{"number":"原质检总局公告2003年第74号","announcement":"原质检总局公告2003年第74号","scope":"平舆白芝麻","counties":["411723"]}' ;;
	esac
	until_day=2027-09-30
	[ "$1" != green ] || until_day=2029-08-31
	must certifier.certifier POST /api/v1/certificates "$(jq -cn --argjson x "$extra" --arg k "$1" --arg h "$party_id" --arg b "$(party certifier)" --arg p "$product" --arg u "$until_day" \
		'{kind: $k, holder: $h, body: $b, products: [$p], valid_from: "2026-09-01", valid_to: $u, demonstration: true} + $x')"
	got .id >"$work/certificate"
	seal certifier.certifier certifier "$(cat "$work/certificate")"
}

for file in "$demo"/lots/*.json; do
	name=$(basename "$file" .json)
	key=$(jq -r .key "$file")
	owner=$(jq -r .party "$file")
	party_id=$(party "$owner")
	who=$owner.processor
	must "$who" POST /api/v1/products "$(jq -c --arg p "$party_id" '.product + {party: $p}' "$file")"
	product=$(got .id)
	must "$who" POST /api/v1/facilities "$(jq -c --arg p "$party_id" '.facility + {party: $p}' "$file")"
	facility=$(got .id)
	must "$who" POST /api/v1/lots "$(jq -c --arg p "$product" --arg f "$facility" '.lot + {product: $p, facility: $f}' "$file")"
	lot=$(got .id)
	reports='[]' certificates='[]' report=
	if jq -e .report "$file" >/dev/null; then
		number=JC-$(printf '%s' "$name" | cut -c1-2)-2026
		must centre.tester POST /api/v1/samples "$(jq -c --arg l "$lot" --arg n "$number-01" '.sample + {lot: $l, number: $n, demonstration: true}' "$file")"
		sample=$(got .id)
		must centre.tester POST /api/v1/reports "$(jq -c --arg c "$centre" --arg l "$lot" --arg s "$sample" --arg n "$number" \
			'.report + {number: $n, centre: $c, lots: [$l], sample: $s, demonstration: true}' "$file")"
		report=$(got .id)
		seal centre.tester tester "$report"
		seal centre.reviewer reviewer "$report"
		seal centre.approver approver "$report"
		reports="[\"$report\"]"
	fi
	if jq -e .declaration "$file" >/dev/null; then
		must "$who" POST /api/v1/certificates "$(jq -c --arg h "$party_id" --arg p "$product" --arg l "$lot" --arg n "HGZ-$name" \
			'{kind: "commitment", number: $n, holder: $h, products: [$p], lot: $l, valid_from: .lot.produced, issued_on: .lot.produced, style: "producer",
			  edition: 2026, grounds: .declaration.grounds, demonstration: true}' "$file")"
		got .id >"$work/certificate"
		seal "$owner.producer" producer "$(cat "$work/certificate")"
		certificates=$(jq -cn --argjson c "$certificates" --arg i "$(cat "$work/certificate")" '$c + [$i]')
	fi
	for kind in $(jq -r '.certificates // [] | .[]' "$file"); do
		certificate "$kind"
		certificates=$(jq -cn --argjson c "$certificates" --arg i "$(cat "$work/certificate")" '$c + [$i]')
	done
	expect=$(jq -r .expect "$file")
	call "$who" POST /api/v1/releases "$(jq -c --arg l "$lot" --argjson r "$reports" --argjson c "$certificates" '.release + {lot: $l, reports: $r, certificates: $c, quantity: .lot.quantity}
		| if .reports == [] then del(.reports) else . end | if .certificates == [] then del(.certificates) else . end' "$file" | jq -c .)"
	case $expect in
	not-conforming | verdict-pending)
		[ "$(got .slug)" = "$expect" ] || die "$name: expected the refusal $expect, got $status $(cat "$work/answer")"
		printf '  %-16s 不予放行 / refused: %s\n' "$name" "$(got .zh)"
		note --arg k "$key" --arg lot "$lot" --arg report "$report" --arg product "$product" --arg e "$expect" '.lots[$k] = {lot: $lot, report: $report, product: $product, refused: $e}'
		continue
		;;
	esac
	case $status in 2??) ;; *) die "$name: release: $status $(cat "$work/answer")" ;; esac
	release=$(got .id)
	seal "$owner.operator" operator "$release"
	must "$who" POST /api/v1/allocations "$(jq -c --arg r "$release" '{release: $r, count: .labels, printer: "示范打印机"}' "$file")"
	allocation=$(got .id)
	first=$(got .data.first)
	must "$who" POST /api/v1/labels "$(jq -c --arg a "$allocation" --argjson f "$first" '{allocation: $a, first: $f, count: .labels}' "$file")"
	cp "$work/answer" "$data/labels/$name.codes"
	chmod 644 "$data/labels/$name.codes"
	tail -n 1 "$data/labels/$name.codes" | grep -q "^# end $(jq -r .labels "$file")\$" || die "$name: the codes are cut short"
	note --arg k "$key" --arg lot "$lot" --arg report "$report" --arg product "$product" --arg facility "$facility" --arg party "$party_id" --arg release "$release" --arg allocation "$allocation" \
		--arg v "$expect" --arg u "$(sed -n 2p "$data/labels/$name.codes")" \
		'.lots[$k] = {lot: $lot, report: $report, product: $product, facility: $facility, party: $party, release: $release, allocation: $allocation} | .verdicts[$v] //= $u'

	# What went wrong afterwards.
	if jq -e .then.recall "$file" >/dev/null; then
		must regulator.officer POST /api/v1/recalls "$(jq -c --arg l "$lot" '.then.recall + {lots: [$l], open: true}' "$file")"
		seal regulator.officer officer "$(got .id)"
	fi
	if jq -e .then.void_report "$file" >/dev/null; then
		must centre.approver POST /api/v1/voids "$(jq -c --arg s "$report" '.then.void_report + {subject_kind: "report", subject: $s}' "$file")"
		seal centre.approver approver "$(got .id)"
	fi
	if jq -e .then.hold "$file" >/dev/null; then
		must regulator.officer POST /api/v1/holds "$(jq -c --arg s "$lot" '.then.hold + {subject_kind: "lot", subject: $s, class: "safety", open: true}' "$file")"
		seal regulator.officer officer "$(got .id)"
	fi
	if jq -e .then.hold_certificate "$file" >/dev/null; then
		must certifier.certifier POST /api/v1/holds "$(jq -c --arg s "$(cat "$work/certificate")" '.then.hold_certificate + {subject_kind: "certificate", subject: $s, class: "certificate", open: true}' "$file")"
		seal certifier.certifier certifier "$(got .id)"
	fi
	if jq -e .then.void_labels "$file" >/dev/null; then
		must "$who" POST /api/v1/voids "$(jq -c --arg s "$release" --argjson f "$first" '.then.void_labels + {subject_kind: "labels", subject: $s} | .first += $f' "$file")"
		seal "$owner.operator" operator "$(got .id)"
	fi
	printf '  %-16s %s\n' "$name" "$expect"
done

curl -fsS -o "$data/bundle.json" "$base/bundle" || die "bundle"
cp "$work/demo" "$data/demo.json.new"
chmod 644 "$data/bundle.json" "$data/demo.json.new"
