// Written by `argvet install {{host}}`; written anew by the next. Asks argvet whether a command may run.
import { spawnSync } from "node:child_process"

const PROGRAM = {{program}}

// { decision: "allow" | "ask" | "deny", reason }. Whatever goes wrong is a denial: a guard that fails must not let go.
function ask(command, cwd, session) {
  const input = JSON.stringify({ host: "{{host}}", command, cwd, session })
  const run = spawnSync(PROGRAM, ["hook", "--host", "{{host}}"], { input, encoding: "utf8", timeout: 10000 })
  const failed = (why) => ({ decision: "deny", reason: `argvet (${PROGRAM}) failed, so nothing is run: ${why}` })
  if (run.error) return failed(run.error.message)
  try {
    const answer = JSON.parse(run.stdout)
    const code = { allow: 0, ask: 3, deny: 2 }[answer.decision]
    return code !== undefined && code === run.status ? answer : failed(`exit code ${run.status}`)
  } catch {
    return failed(`exit code ${run.status}, no answer`)
  }
}

