export default function (amp) {
  amp.on("tool.call", async (event, ctx) => {
    const shell = amp.helpers.shellCommandFromToolCall(event)
    if (!shell) return { action: "allow" }
    const answer = ask(shell.command, shell.cwd, event.thread?.id)
    if (answer.decision === "allow") return { action: "allow" }
    if (answer.decision === "ask" && ctx?.ui?.confirm && (await ctx.ui.confirm(answer.reason))) return { action: "allow" }
    return { action: "reject-and-continue", message: answer.reason }
  })
}
