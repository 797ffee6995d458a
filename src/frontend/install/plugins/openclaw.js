export default function (api) {
  const handler = async (event) => {
    const answer = ask(event.params.command, event.params.workdir)
    if (answer.decision === "allow") return
    if (answer.decision === "deny") return { block: true, blockReason: answer.reason }
    const request = { title: "argvet", description: answer.reason, severity: "warning" }
    return { requireApproval: { ...request, timeoutMs: 60000, timeoutBehavior: "deny" } }
  }
  api.on("before_tool_call", handler, { matcher: ["exec"], priority: 100 })
}
