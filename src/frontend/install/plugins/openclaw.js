
export default function (api) {
  const handler = async (event) => {
    // The JavaScript of code mode: the commands that it starts come as calls of their own.
    if (event.toolKind === "code_mode_exec") return
    const { command, workdir } = event.params ?? {}
    if (event.toolName !== "exec" && typeof command !== "string") return
    const answer = ask(command, workdir)
    if (answer.decision === "allow") return
    if (answer.decision === "deny") return { block: true, blockReason: answer.reason }
    const request = { title: "argvet", description: answer.reason, severity: "warning" }
    return { requireApproval: { ...request, timeoutMs: 60000, timeoutBehavior: "deny" } }
  }
  api.on("before_tool_call", handler, { priority: 100 })
}
