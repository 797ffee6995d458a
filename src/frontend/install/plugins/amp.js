// Nobody may be there to be asked, and then the question fails. Without `requireHuman` an agent might answer it.
async function isAllowed(ctx, message) {
  try {
    return (await ctx.ui.confirm({ title: "argvet", message, requireHuman: true })) === true
  } catch {
    return false
  }
}

export default function (amp) {
  amp.on("tool.call", async (event, ctx) => {
    const shell = amp.helpers.shellCommandFromToolCall(event)
    // A call of a shell in which no command is found is not harmless: argvet is asked and cannot judge it.
    if (!shell && !["Bash", "shell_command"].includes(event.tool)) return { action: "allow" }
    const answer = ask(shell?.command, shell?.dir, event.thread?.id)
    if (answer.decision === "allow") return { action: "allow" }
    if (answer.decision === "ask" && (await isAllowed(ctx, answer.reason))) return { action: "allow" }
    return { action: "reject-and-continue", message: answer.reason }
  })
}
