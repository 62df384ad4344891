#!/bin/sh
# Reviews a pull request: the work of action.yml. Its inputs are variables that begin with PROBITY_.
# The review itself gets neither the token nor anything else of the environment that could sign in.
set -u

marker='<!-- probity-review -->'
out=${PROBITY_OUTPUT:-probity-review}
base=${PROBITY_BASE:-}
if [ -z "$base" ]; then
  if [ -z "${GITHUB_BASE_REF:-}" ]; then
    echo "::error::there is no base to compare with: give \`base\`, or run on pull_request"
    exit 2
  fi
  base=origin/$GITHUB_BASE_REF
fi

set -- review --base "$base" --head "${PROBITY_HEAD:-HEAD}" --project "${PROBITY_PROJECT:-.}" \
  --fail-on "${PROBITY_FAIL_ON:-regression}" --output "$out" --format github
[ -z "${PROBITY_EVIDENCE:-}" ] || set -- "$@" --evidence "$PROBITY_EVIDENCE"
[ -z "${PROBITY_REPORT_URL:-}" ] || set -- "$@" --report-url "$PROBITY_REPORT_URL"
[ "${PROBITY_REDACT:-false}" != true ] || set -- "$@" --redact-resources
[ -z "${PROBITY_ASSESSMENTS:-}" ] || set -- "$@" --
for name in ${PROBITY_ASSESSMENTS:-}; do set -- "$@" "$name"; done

env -u GH_TOKEN -u GITHUB_TOKEN -u ACTIONS_RUNTIME_TOKEN -u ACTIONS_ID_TOKEN_REQUEST_TOKEN probity "$@"
code=$?
[ -z "${GITHUB_OUTPUT:-}" ] || echo "exit-code=$code" >> "$GITHUB_OUTPUT"

if [ ! -f "$out/review.md" ]; then
  echo "::error::the change could not be reviewed (exit code $code)"
  exit "$code"
fi
[ -z "${GITHUB_STEP_SUMMARY:-}" ] || cat "$out/review.md" >> "$GITHUB_STEP_SUMMARY"

number=$(printf '%s' "${GITHUB_REF:-}" | sed -n 's#^refs/pull/\([0-9][0-9]*\)/.*#\1#p')
if [ "${PROBITY_COMMENT:-true}" = true ] && [ -n "$number" ]; then
  comments=repos/$GITHUB_REPOSITORY/issues/$number/comments
  known=$(gh api --paginate "$comments" --jq ".[] | select(.body | startswith(\"$marker\")) | .id" | head -n 1)
  if [ -n "$known" ] && gh api -X PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$known" -F "body=@$out/review.md" --silent; then
    :
  elif ! gh api -X POST "$comments" -F "body=@$out/review.md" --silent; then
    echo "::warning::the comment could not be written; tokens of pull requests from forks may only read. The review stands in the summary of the job."
  fi
fi
exit "$code"
