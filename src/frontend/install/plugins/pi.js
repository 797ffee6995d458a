export default function (pi) {
  pi.on("tool_call", async (event, ctx) => {
    if (event.toolName !== "bash") return
    const answer = ask(event.input.command, ctx.cwd)
    if (answer.decision === "allow") return
    if (answer.decision === "ask" && ctx.hasUI && (await ctx.ui.confirm("argvet", answer.reason))) return
    return { block: true, reason: answer.reason }
  })
}
