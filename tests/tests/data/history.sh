#!/bin/sh
# Makes a git repository with a small project and thirty commits of changes as they happen: history.sh <folder>
#
# Author, dates and configuration are fixed, so that the ids of the commits are the same everywhere. The system "Shop" is
# assessed against the profile `house` of a catalog of its own. Tags:
#
#   v1         everything is there, and all that is measured is fine; the review of ac-1 ended before the instant of judgement
#   red        a machine does not log its starts any more: lg-1 fails
#   v2         the catalog was revised: controls added, withdrawn, moved, retitled, reworded
#   stricter   the profile asks for logs of 90 days: lg-2 fails for one machine
#   merged     a branch came back; both sides had changed op-3
#   uncovered  op-1 lost its metric again
#   moved      the catalog lies in another folder
#   unclean    a reference leads nowhere; the next commit accepts that
#   v3         the metric has another name, a risk is accepted, the machine was mended
set -eu
folder=${1:?usage: history.sh <folder>}
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_OBJECT_DIRECTORY GIT_TEMPLATE_DIR 2>/dev/null || true
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 LC_ALL=C TZ=UTC
mkdir -p "$folder"
cd "$folder"
git -c init.defaultObjectFormat=sha1 init --quiet
git symbolic-ref HEAD refs/heads/main
git config core.autocrlf false
git config commit.gpgsign false
git config tag.gpgsign false

day=0

# commit MESSAGE: everything as it stands, a day after the last one.
stamp() {
    day=$((day + 1))
    case $((day % 3)) in
        0) name='Karl Ernst' mail=karl@shop.example ;;
        *) name='Ada Byron' mail=ada@shop.example ;;
    esac
    date="$((1767258000 + day * 86400)) +0000" # from 2026-01-01 09:00 on
    export GIT_AUTHOR_NAME="$name" GIT_AUTHOR_EMAIL="$mail" GIT_AUTHOR_DATE="$date"
    export GIT_COMMITTER_NAME="$name" GIT_COMMITTER_EMAIL="$mail" GIT_COMMITTER_DATE="$date"
}
commit() {
    stamp
    git add --all
    git commit --quiet --no-verify -m "$1"
}

# edit FILE SCRIPT: what sed makes of a file, which must be something else.
edit() {
    sed "$2" "$1" > "$1.new"
    if cmp -s "$1" "$1.new"; then
        echo "history.sh: nothing to change in $1 by: $2" >&2
        exit 1
    fi
    mv "$1.new" "$1"
}

# below FILE LINE: standard input, put after the line that reads so.
below() {
    cat > block
    awk -v line="$2" '{ print } $0 == line { while ((getline text < "block") > 0) print text; found = 1 } END { exit !found }' \
        "$1" > "$1.new" || { echo "history.sh: no line \"$2\" in $1" >&2; exit 1; }
    mv "$1.new" "$1"
    rm block
}

# without FILE FIRST LAST: the lines from one to the other are cut out.
without() {
    awk -v first="$2" -v last="$3" '$0 == first { cut = 1; found = 1 } !cut { print } $0 == last { cut = 0 } END { exit !found || cut }' \
        "$1" > "$1.new" || { echo "history.sh: no lines from \"$2\" to \"$3\" in $1" >&2; exit 1; }
    mv "$1.new" "$1"
}

sha256() {
    if command -v sha256sum > /dev/null; then sha256sum; else shasum -a 256; fi | cut -d ' ' -f 1
}

# machine ID LOGGING DAYS UPDATES: a line of evidence. Its digest is that of the line without it, whose members are in order.
machine() {
    seconds=$(($3 * 86400))
    line="{\"collected\":\"2026-11-01T09:00:00Z\",\"id\":\"$1\",\"kind\":\"resource\",\"name\":\"$1\",\"related\":[],\"resource\":{\"automaticUpdates\":{\"enabled\":$4},\"bootLogging\":{\"enabled\":$2,\"retentionPeriod\":$seconds}},\"scope\":\"shop\",\"type\":\"VirtualMachine\"}"
    digest=$(printf %s "$line" | sha256)
    printf '{"digest":"%s",%s\n' "$digest" "${line#?}"
}

# evidence FILE: the set of the lines in standard input.
evidence() {
    cat > lines
    {
        printf '%s\n' '{"kind":"begin","collector":"cloud","version":"1.0.0","scope":"shop","ontology":"https://w3id.org/probity/ontology/1"}'
        cat lines
        printf '{"kind":"end","resources":%d,"services":[{"service":"machines","state":"complete","resource-types":["VirtualMachine"]}]}\n' "$(wc -l < lines)"
    } > "$1"
    rm lines
}

# record METRIC-FOLDER: the digest of the Rego stands in the metric.
record() {
    edit "$1/metric.yaml" "s/^\( *value: \)[0-9a-f]\{64\}\$/\1$(sha256 < "$1/check.rego")/"
}

# results INSTANT CONTROL:STATE...: results as a build commits them, with a finding for each control.
results() {
    mkdir -p build/house
    instant=$1
    shift
    findings='' comma='' number=0
    for each in "$@"; do
        number=$((number + 1))
        control=${each%%:*} state=${each#*:} reason=pass
        [ "$state" = satisfied ] || reason=fail
        findings="$findings$comma
        {
          \"uuid\": \"7d2f9c11-4b0e-5a3c-9d10-00000000000$number\",
          \"title\": \"$control\",
          \"description\": \"Judged by its checks.\",
          \"target\": {\"type\": \"statement-id\", \"target-id\": \"${control}_smt\", \"status\": {\"state\": \"$state\", \"reason\": \"$reason\"}}
        }"
        comma=,
    done
    cat > build/house/assessment-results.json << EOF
{
  "assessment-results": {
    "uuid": "7d2f9c11-4b0e-5a3c-9d10-0000000000a1",
    "metadata": {
      "title": "Assessment results of Shop: house",
      "last-modified": "$instant",
      "version": "1",
      "oscal-version": "1.2.2"
    },
    "import-ap": {"href": "assessment-plan.json"},
    "results": [
      {
        "uuid": "7d2f9c11-4b0e-5a3c-9d10-0000000000a2",
        "title": "house",
        "description": "What the checks found.",
        "start": "$instant",
        "reviewed-controls": {"control-selections": [{"include-all": {}}]},
        "findings": [$findings
        ]
      }
    ]
  }
}
EOF
}

# --- 1: the project ---------------------------------------------------------------------------------------------------
mkdir -p catalogs profiles mappings evidence attestations
cat > probity.toml << 'EOF'
[system]
name = "Shop"
as-of = "2026-11-01T12:00:00Z"

[[source]]
name = "cloud"
evidence = "evidence/cloud.jsonl"

[[assessment]]
name = "house"
profile = "profiles/house.json"
mappings = ["mappings/house.yaml"]
attestations = ["attestations/*.yaml"]
EOF
cat > catalogs/house.yaml << 'EOF'
catalog:
  uuid: 8a3d1c52-6f0b-4a1e-8d0c-000000000001
  metadata:
    title: Rules of the house
    last-modified: "2026-01-01T00:00:00Z"
    version: "1.0"
    oscal-version: 1.2.2
  groups:
    - id: ac
      title: Access
      controls:
        - id: ac-1
          title: Accounts are personal
          parts:
            - id: ac-1_smt
              name: statement
              prose: Every account belongs to one person.
        - id: ac-2
          title: Accounts end
          parts:
            - id: ac-2_smt
              name: statement
              prose: Accounts of people who leave are closed on the same day.
        - id: ac-3
          title: Second factor
          parts:
            - id: ac-3_smt
              name: statement
              prose: Administrators sign in with a second factor.
        - id: ac-4
          title: Emergency accounts
          props:
            - name: label
              value: AC-4
          parts:
            - id: ac-4_smt
              name: statement
              prose: Emergency accounts are sealed.
    - id: lg
      title: Logging
      controls:
        - id: lg-1
          title: Machines log their start
          parts:
            - id: lg-1_smt
              name: statement
              prose: Virtual machines log their start.
        - id: lg-2
          title: Logs are kept
          params:
            - id: lg-2_prm_1
              label: time to keep
              values:
                - P30D
          parts:
            - id: lg-2_smt
              name: statement
              prose: "Logs of starts are kept for {{ insert: param, lg-2_prm_1 }}."
        - id: lg-3
          title: Logs outlive an absence
          parts:
            - id: lg-3_smt
              name: statement
              prose: Logs are still there when somebody returns from a leave.
        - id: lg-4
          title: Clocks agree
          parts:
            - id: lg-4_smt
              name: statement
              prose: All clocks are set by the same source.
    - id: op
      title: Operation
      controls:
        - id: op-1
          title: Machines are updated
          parts:
            - id: op-1_smt
              name: statement
              prose: Virtual machines install updates by themselves.
        - id: op-2
          title: Recovery is tried
          links:
            - href: https://handbook.shop.example/recovery
              rel: reference
          parts:
            - id: op-2_smt
              name: statement
              prose: Recovery is tried once a year.
        - id: op-3
          title: Changes are approved
          parts:
            - id: op-3_smt
              name: statement
              prose: Changes are approved before they are made.
        - id: op-4
          title: Approvals are written down
          parts:
            - id: op-4_smt
              name: statement
              prose: Approvals of changes are written down.
EOF
cat > profiles/house.json << 'EOF'
{
  "profile": {
    "uuid": "8a3d1c52-6f0b-4a1e-8d0c-000000000002",
    "metadata": {
      "title": "What the shop is held to",
      "last-modified": "2026-01-01T00:00:00Z",
      "version": "1.0",
      "oscal-version": "1.2.2"
    },
    "imports": [
      {
        "href": "../catalogs/house.yaml",
        "include-all": {}
      }
    ],
    "merge": {
      "as-is": true
    },
    "modify": {
      "set-parameters": [
        {
          "param-id": "lg-2_prm_1",
          "values": [
            "P45D"
          ]
        }
      ]
    }
  }
}
EOF
cat > mappings/house.yaml << 'EOF'
component-definition:
  uuid: 8a3d1c52-6f0b-4a1e-8d0c-000000000003
  metadata:
    title: How the rules of the house are measured
    last-modified: "2026-01-01T00:00:00Z"
    version: "1.0"
    oscal-version: 1.2.2
  components:
    - uuid: 8a3d1c52-6f0b-4a1e-8d0c-000000000004
      type: process-procedure
      title: Metrics and procedures
      description: What measures the rules of the house.
      control-implementations:
        - uuid: 8a3d1c52-6f0b-4a1e-8d0c-000000000005
          source: ../catalogs/house.yaml
          description: The rules of the house.
          implemented-requirements:
            - uuid: 8a3d1c52-6f0b-4a1e-8d0c-000000000011
              control-id: ac-1
              description: Somebody reads the list of accounts.
              props:
                - name: procedure
                  ns: https://w3id.org/probity/oscal/1
                  value: EXAMINE
                  class: account-list
                  remarks: Read the list of accounts.
            - uuid: 8a3d1c52-6f0b-4a1e-8d0c-000000000012
              control-id: lg-1
              description: Whether starts are logged can be measured.
              props:
                - name: Rule_Id
                  ns: https://oscal-compass.github.io/compliance-trestle/schemas/oscal/cd
                  value: boot-logged
                  remarks: Reads whether logging of starts is on.
            - uuid: 8a3d1c52-6f0b-4a1e-8d0c-000000000013
              control-id: lg-2
              description: How long logs are kept can be measured.
              props:
                - name: Rule_Id
                  ns: https://oscal-compass.github.io/compliance-trestle/schemas/oscal/cd
                  value: boot-kept
                  remarks: Reads how long logs of starts are kept.
                - name: parameter-binding
                  ns: https://w3id.org/probity/oscal/1
                  value: lg-2_prm_1
                  class: boot-kept_target
            - uuid: 8a3d1c52-6f0b-4a1e-8d0c-000000000014
              control-id: lg-3
              description: A leave is shorter than what the metric asks for.
              props:
                - name: Rule_Id
                  ns: https://oscal-compass.github.io/compliance-trestle/schemas/oscal/cd
                  value: boot-kept
                  remarks: Reads how long logs of starts are kept.
EOF

# metric NAME TITLE PROPERTY OPERATOR TARGET
metric() {
    at=metrics/logging-monitoring/$1
    mkdir -p "$at"
    cat > "$at/metric.yaml" << EOF
component-definition:
  uuid: 8a3d1c52-6f0b-4a1e-8d0c-0000000001$6
  metadata:
    title: Metric $1
    last-modified: "2026-01-01T00:00:00Z"
    version: "1.0"
    oscal-version: 1.2.2
  components:
    - uuid: 8a3d1c52-6f0b-4a1e-8d0c-0000000002$6
      type: rule
      title: $2
      description: $2; the metric reads whether it is so.
      props:
        - name: Rule_Id
          ns: https://oscal-compass.github.io/compliance-trestle/schemas/oscal/cd
          value: $1
        - name: Rule_Description
          ns: https://oscal-compass.github.io/compliance-trestle/schemas/oscal/cd
          value: $2
        - name: category
          ns: https://w3id.org/probity/oscal/1
          value: logging-monitoring
        - name: resource-type
          ns: https://w3id.org/probity/oscal/1
          value: VirtualMachine
        - name: property
          ns: https://w3id.org/probity/oscal/1
          value: $3
        - name: operator
          ns: https://w3id.org/probity/oscal/1
          value: "$4"
        - name: target-value
          ns: https://w3id.org/probity/oscal/1
          value: "$5"
        - name: severity
          ns: https://w3id.org/probity/oscal/1
          value: moderate
        - name: max-age
          ns: https://w3id.org/probity/oscal/1
          value: P7D
  back-matter:
    resources:
      - uuid: 8a3d1c52-6f0b-4a1e-8d0c-0000000003$6
        title: check.rego
        rlinks:
          - href: check.rego
            media-type: text/plain
            hashes:
              - algorithm: SHA-256
                value: 0000000000000000000000000000000000000000000000000000000000000000
EOF
}
metric boot-logged 'Machines log their start' bootLogging.enabled == true 01
cat > metrics/logging-monitoring/boot-logged/check.rego << 'EOF'
# Machines log their start.
package probity.metrics.boot_logged

import data.probity.checks.boot_logged as check
import data.probity.operators

compliant if operators.compare(input.bootLogging.enabled, check.operator, check.target_value)
EOF
cat > metrics/logging-monitoring/boot-logged/cases.yaml << 'EOF'
- name: logged
  resource: {type: VirtualMachine, bootLogging: {enabled: true}}
  verdict: pass
- name: not logged
  resource: {type: VirtualMachine, bootLogging: {enabled: false}}
  verdict: fail
- name: not collected
  resource: {type: VirtualMachine}
  verdict: unknown
EOF
record metrics/logging-monitoring/boot-logged
metric boot-kept 'Logs of starts are kept' bootLogging.retentionPeriod '>=' P30D 02
cat > metrics/logging-monitoring/boot-kept/check.rego << 'EOF'
# How long logs of starts are kept.
package probity.metrics.boot_kept

import data.probity.checks.boot_kept as check
import data.probity.operators

compliant if operators.compare(input.bootLogging.retentionPeriod, check.operator, check.target_value)
EOF
cat > metrics/logging-monitoring/boot-kept/cases.yaml << 'EOF'
- name: kept for a month
  resource: {type: VirtualMachine, bootLogging: {enabled: true, retentionPeriod: 2592000}}
  verdict: pass
- name: kept for a day
  resource: {type: VirtualMachine, bootLogging: {enabled: true, retentionPeriod: 86400}}
  verdict: fail
- name: a period is set and nothing is written
  resource: {type: VirtualMachine, bootLogging: {enabled: false, retentionPeriod: 2592000}}
  verdict: pass
EOF
record metrics/logging-monitoring/boot-kept

# attestation FILE NUMBER CONTROL PROCEDURE COLLECTED EXPIRES
attestation() {
    cat > "attestations/$1.yaml" << EOF
assessment-results:
  uuid: 8a3d1c52-6f0b-4a1e-8d0c-000000000a$2
  metadata:
    title: Review of $3
    last-modified: "$5"
    version: "1.0"
    oscal-version: 1.2.2
    roles:
      - id: assessor
        title: Internal assessor
    parties:
      - uuid: 8a3d1c52-6f0b-4a1e-8d0c-000000000b01
        type: person
        name: Ada Byron
  import-ap:
    href: "#8a3d1c52-6f0b-4a1e-8d0c-000000000c$2"
  results:
    - uuid: 8a3d1c52-6f0b-4a1e-8d0c-000000000d$2
      title: Review of $3
      description: The procedure was followed.
      start: "$5"
      end: "$5"
      reviewed-controls:
        control-selections:
          - include-controls:
              - control-id: $3
      attestations:
        - responsible-parties:
            - role-id: assessor
              party-uuids:
                - 8a3d1c52-6f0b-4a1e-8d0c-000000000b01
          parts:
            - name: statement
              ns: https://w3id.org/probity/oscal/1
              prose: In my judgement it meets the requirement.
      observations:
        - uuid: 8a3d1c52-6f0b-4a1e-8d0c-000000000e$2
          title: Review of $3
          description: What the procedure names was read in full.
          props:
            - name: control-id
              ns: https://w3id.org/probity/oscal/1
              value: $3
            - name: outcome
              ns: https://w3id.org/probity/oscal/1
              value: met
            - name: procedure
              ns: https://w3id.org/probity/oscal/1
              value: $4
          methods:
            - EXAMINE
          types:
            - control-objective
          origins:
            - actors:
                - type: party
                  actor-uuid: 8a3d1c52-6f0b-4a1e-8d0c-000000000b01
                  role-id: assessor
          collected: "$5"
          expires: "$6"
      findings:
        - uuid: 8a3d1c52-6f0b-4a1e-8d0c-000000000f$2
          title: Review of $3
          description: The procedure was followed.
          target:
            type: statement-id
            target-id: $3_smt
            status:
              state: satisfied
              reason: pass
          related-observations:
            - observation-uuid: 8a3d1c52-6f0b-4a1e-8d0c-000000000e$2
  back-matter:
    resources:
      - uuid: 8a3d1c52-6f0b-4a1e-8d0c-000000000c$2
        title: Assessment plan of Shop
        description: The plan is written anew by each build.
        rlinks:
          - href: ../build/house/assessment-plan.json
            media-type: application/oscal+json
EOF
}
attestation accounts 01 ac-1 account-list 2026-01-01T08:00:00Z 2026-06-30T23:59:59Z
{ machine vm-1 true 100 true; machine vm-2 true 60 true; } | evidence evidence/cloud.jsonl
commit 'Begin with the rules of the house'
git tag v1

# --- 2-3: a finding turns red -------------------------------------------------------------------------------------------
{ machine vm-1 true 100 true; machine vm-2 false 60 true; } | evidence evidence/cloud.jsonl
commit 'Collect evidence: vm-2 was set up anew'
git tag red
results 2026-01-03T09:00:00Z ac-1:satisfied lg-1:not-satisfied lg-2:satisfied lg-3:satisfied
commit 'Build the results of January'

# --- 4-10: the catalog is revised ---------------------------------------------------------------------------------------
below catalogs/house.yaml '              prose: Emergency accounts are sealed.' << 'EOF'
        - id: ac-5
          title: Service accounts have an owner
          parts:
            - id: ac-5_smt
              name: statement
              prose: Every service account names the person who answers for it.
EOF
commit 'Add ac-5 for service accounts'
below catalogs/house.yaml '          title: Approvals are written down' << 'EOF'
          props:
            - name: status
              value: withdrawn
          links:
            - href: "#op-3"
              rel: incorporated-into
EOF
without catalogs/house.yaml '            - id: op-4_smt' '              prose: Approvals of changes are written down.'
edit catalogs/house.yaml '$d'
edit catalogs/house.yaml 's/Changes are approved before they are made\./Changes are approved in writing before they are made./'
commit 'Withdraw op-4, which op-3 says now'
edit catalogs/house.yaml 's/^          title: Clocks agree$/&\
          props:\
            - name: status\
              value: withdrawn\
          links:\
            - href: "#op-5"\
              rel: moved-to/'
without catalogs/house.yaml '            - id: lg-4_smt' '              prose: All clocks are set by the same source.'
awk '{ lines[NR] = $0 } END { for (i = 1; i <= NR; i++) if (!(lines[i] == "          parts:" && lines[i + 1] == "    - id: op")) print lines[i] }' \
    catalogs/house.yaml > catalogs/new && mv catalogs/new catalogs/house.yaml
cat >> catalogs/house.yaml << 'EOF'
        - id: op-5
          title: Clocks agree
          parts:
            - id: op-5_smt
              name: statement
              prose: All clocks are set by the same source.
EOF
commit 'Move lg-4 to operation, as op-5'
edit catalogs/house.yaml 's/title: Accounts end$/title: Accounts of leavers are closed/'
commit 'Retitle ac-2'
edit catalogs/house.yaml 's/Virtual machines log their start\./Virtual machines and clusters log every start of theirs./'
commit 'Say in lg-1 that clusters count'
below catalogs/house.yaml '              prose: Administrators sign in with a second factor.' << 'EOF'
            - id: ac-3_gdn
              name: guidance
              prose: A text message is no second factor.
EOF
edit catalogs/house.yaml 's/value: AC-4$/value: AC-04/'
commit 'Add guidance to ac-3, and write the label of ac-4 with two digits'
edit catalogs/house.yaml 's|https://handbook.shop.example/recovery|https://handbook.shop.example/operations/recovery|'
edit catalogs/house.yaml 's/version: "1\.0"/version: "2.0"/'
commit 'Follow the handbook, which moved'
git tag v2

# --- 11: the profile is stricter ----------------------------------------------------------------------------------------
edit profiles/house.json 's/"P45D"/"P90D"/'
commit 'Keep logs for 90 days'
git tag stricter

# --- 12-14: metrics change ----------------------------------------------------------------------------------------------
cat > metrics/logging-monitoring/boot-logged/check.rego << 'EOF'
# Machines log their start, whatever they start from.
package probity.metrics.boot_logged

import data.probity.checks.boot_logged as check
import data.probity.operators

compliant if {
	operators.compare(input.bootLogging.enabled, check.operator, check.target_value)
}
EOF
record metrics/logging-monitoring/boot-logged
commit 'Write boot-logged as a block'
cat > metrics/logging-monitoring/boot-kept/check.rego << 'EOF'
# How long logs of starts are kept, where any are written.
package probity.metrics.boot_kept

import data.probity.checks.boot_kept as check
import data.probity.operators

compliant if {
	input.bootLogging.enabled == true
	operators.compare(input.bootLogging.retentionPeriod, check.operator, check.target_value)
}
EOF
record metrics/logging-monitoring/boot-kept
awk '/nothing is written/ { last = 1 } last && /verdict: pass/ { sub("pass", "fail") } { print }' \
    metrics/logging-monitoring/boot-kept/cases.yaml > cases && mv cases metrics/logging-monitoring/boot-kept/cases.yaml
commit 'Count only logs that are written'
edit metrics/logging-monitoring/boot-kept/metric.yaml 's/value: "P30D"/value: "P35D"/'
edit metrics/logging-monitoring/boot-kept/cases.yaml 's/2592000/3024000/'
edit metrics/logging-monitoring/boot-kept/cases.yaml 's/kept for a month/kept for five weeks/'
commit 'Ask for five weeks where nothing else is set'

# --- 15-19: a branch, and a merge with a conflict -----------------------------------------------------------------------
git checkout --quiet -b side
edit catalogs/house.yaml 's/title: Changes are approved$/title: Changes are reviewed and approved/'
commit 'Retitle op-3 on a branch'
edit catalogs/house.yaml 's/Changes are approved in writing before they are made\./Changes are reviewed and approved in writing before they are made./'
commit 'Say so in its statement'
git checkout --quiet main
edit catalogs/house.yaml 's/Changes are approved in writing before they are made\./Changes are approved in writing by two people before they are made./'
commit 'Ask for two people in op-3'
cat >> mappings/house.yaml << 'EOF'
            - uuid: 8a3d1c52-6f0b-4a1e-8d0c-000000000015
              control-id: op-1
              description: Whether updates are installed can be measured.
              props:
                - name: Rule_Id
                  ns: https://oscal-compass.github.io/compliance-trestle/schemas/oscal/cd
                  value: automatic-updates-enabled
                  remarks: Reads whether updates are automatic.
EOF
commit 'Measure op-1'
stamp
if git merge --quiet --no-ff --no-commit side > /dev/null 2>&1; then
    echo 'history.sh: the merge should have had a conflict' >&2
    exit 1
fi
git show main:catalogs/house.yaml > catalogs/house.yaml
edit catalogs/house.yaml 's/title: Changes are approved$/title: Changes are reviewed and approved/'
edit catalogs/house.yaml 's/Changes are approved in writing by two people/Changes are reviewed, and approved in writing by two people,/'
git add --all
git commit --quiet --no-verify -m 'Merge the wording of op-3'
git tag merged

# --- 20: coverage is lost -----------------------------------------------------------------------------------------------
without mappings/house.yaml '            - uuid: 8a3d1c52-6f0b-4a1e-8d0c-000000000015' '                  remarks: Reads whether updates are automatic.'
commit 'Stop measuring op-1: the metric is disputed'
git tag uncovered

# --- 21: resources appear and vanish ------------------------------------------------------------------------------------
{ machine vm-2 false 60 true; machine vm-3 true 120 false; } | evidence evidence/cloud.jsonl
commit 'Collect evidence: vm-1 is gone, vm-3 is new'

# --- 22-24: nothing that matters ----------------------------------------------------------------------------------------
mkdir -p catalogs/2026
git mv catalogs/house.yaml catalogs/2026/house.yaml
edit profiles/house.json 's|\.\./catalogs/house\.yaml|../catalogs/2026/house.yaml|'
edit mappings/house.yaml 's|\.\./catalogs/house\.yaml|../catalogs/2026/house.yaml|'
commit 'Keep the catalog of a year in its folder'
git tag moved
awk '{ match($0, /^ */); printf "%*s%s\n", RLENGTH * 2, "", substr($0, RLENGTH + 1) }' profiles/house.json > profile
mv profile profiles/house.json
commit 'Indent the profile by four'
edit catalogs/2026/house.yaml 's/last-modified: "2026-01-01T00:00:00Z"/last-modified: "2026-01-25T00:00:00Z"/'
edit catalogs/2026/house.yaml 's/version: "2\.0"/version: "2.0.1"/'
commit 'Note the day of the last change'

# --- 25-26: a lint finding and a suppression -------------------------------------------------------------------------------
below catalogs/2026/house.yaml '              prose: Accounts of people who leave are closed on the same day.' << 'EOF'
          links:
            - href: "#leaving"
              rel: reference
EOF
commit 'Point to what will be said of leaving'
git tag unclean
cat >> probity.toml << 'EOF'

[[suppress]]
rule = "oscal-metadata-link-reference-index-back-matter-resource"
path = "catalogs/2026/house.yaml"
reason = "The resource comes with the next edition."
until = 2026-12-31
EOF
commit 'Accept that it is not said yet'

# --- 27: a metric has another name --------------------------------------------------------------------------------------
git mv metrics/logging-monitoring/boot-logged metrics/logging-monitoring/starts-logged
at=metrics/logging-monitoring/starts-logged
edit $at/check.rego 's/boot_logged/starts_logged/g'
edit $at/metric.yaml 's/boot-logged/starts-logged/'
record $at
edit mappings/house.yaml 's/value: boot-logged/value: starts-logged/'
commit 'Call the metric starts-logged'

# --- 28-30: what was red becomes green ----------------------------------------------------------------------------------
attestation accounts 02 ac-1 account-list 2026-10-01T08:00:00Z 2027-03-31T23:59:59Z
cat > poam.yaml << 'EOF'
plan-of-action-and-milestones:
  uuid: 8a3d1c52-6f0b-4a1e-8d0c-000000000f00
  metadata:
    title: What the shop lives with
    last-modified: "2026-01-28T00:00:00Z"
    version: "1.0"
    oscal-version: 1.2.2
    roles:
      - id: risk-owner
        title: Risk owner
    parties:
      - uuid: 8a3d1c52-6f0b-4a1e-8d0c-000000000b02
        type: person
        name: Karl Ernst
  system-id:
    id: shop
  risks:
    - uuid: 8a3d1c52-6f0b-4a1e-8d0c-000000000f01
      title: Logs of vm-2 are kept too short
      description: Its disk is small.
      statement: A change could go unseen for a month.
      props:
        - name: metric
          ns: https://w3id.org/probity/oscal/1
          value: boot-kept
        - name: resource-id
          ns: https://w3id.org/probity/oscal/1
          value: vm-2
      status: deviation-approved
      deadline: "2027-01-31T23:59:59Z"
      risk-log:
        entries:
          - uuid: 8a3d1c52-6f0b-4a1e-8d0c-000000000f02
            title: Deviation approved
            start: "2026-01-28T09:00:00Z"
            logged-by:
              - party-uuid: 8a3d1c52-6f0b-4a1e-8d0c-000000000b02
                role-id: risk-owner
            status-change: deviation-approved
  poam-items:
    - uuid: 8a3d1c52-6f0b-4a1e-8d0c-000000000f03
      title: Logs of vm-2 are kept too short
      description: A larger disk is ordered.
      related-risks:
        - risk-uuid: 8a3d1c52-6f0b-4a1e-8d0c-000000000f01
EOF
edit probity.toml 's/^attestations = .*/&\
poam = "poam.yaml"/'
commit 'Accept the short logs of vm-2, and review accounts'
{ machine vm-2 true 60 true; machine vm-3 true 120 false; } | evidence evidence/cloud.jsonl
commit 'Collect evidence: vm-2 logs its starts again'
results 2026-01-31T09:00:00Z ac-1:satisfied lg-1:satisfied lg-2:not-satisfied lg-3:satisfied
commit 'Build the results of today'
git tag v3
