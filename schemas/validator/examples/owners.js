#!/usr/bin/env node
// Every task that is not done has an owner, from those that the arguments allow, if they name any.
const plan = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const allowed = process.argv.slice(2).sort();
const findings = [];

for (const artifact of plan.artifacts) {
  if (artifact.kind !== 'backlog' || artifact.evidence || !artifact.data) continue;
  (artifact.data.tasks || []).forEach((task, index) => {
    const owner = task.assignee;
    if (task.status === 'done' || (owner && (!allowed.length || allowed.includes(owner)))) return;
    const finding = { file: artifact.name, severity: 'error', key: `owner of ${task.id}` };
    findings.push(owner
      ? {
          ...finding, pointer: `/tasks/${index}/assignee`, rule: 'unknown_owner',
          message: `The task ${task.id} belongs to ${owner}, who is not of this team.`,
          advice: `Assign it to one of ${allowed.join(', ')}.`,
        }
      : {
          ...finding, pointer: `/tasks/${index}`, rule: 'missing_owner',
          message: `The task ${task.id} belongs to nobody.`, advice: 'Give it an assignee.',
        });
  });
}

process.stdout.write(JSON.stringify({ version: 1, findings }));
