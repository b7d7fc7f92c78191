#!/usr/bin/env python3
"""Every task that is not done has an owner, from those that the arguments allow, if they name any."""
import json
import sys

plan = json.load(sys.stdin)
allowed = set(sys.argv[1:])
findings = []

for artifact in plan["artifacts"]:
    if artifact["kind"] != "backlog" or artifact["evidence"] or "data" not in artifact:
        continue
    for index, task in enumerate(artifact["data"].get("tasks") or []):
        owner = task.get("assignee")
        if task.get("status") == "done" or (owner and (not allowed or owner in allowed)):
            continue
        finding = {"file": artifact["name"], "severity": "error", "key": f"owner of {task.get('id')}"}
        if owner:
            finding["pointer"] = f"/tasks/{index}/assignee"
            finding["rule"] = "unknown_owner"
            finding["message"] = f"The task {task.get('id')} belongs to {owner}, who is not of this team."
            finding["advice"] = f"Assign it to one of {', '.join(sorted(allowed))}."
        else:
            finding["pointer"] = f"/tasks/{index}"
            finding["rule"] = "missing_owner"
            finding["message"] = f"The task {task.get('id')} belongs to nobody."
            finding["advice"] = "Give it an assignee."
        findings.append(finding)

json.dump({"version": 1, "findings": findings}, sys.stdout)
