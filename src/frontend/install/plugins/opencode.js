export const Argvet = async ({ directory }) => ({
  "tool.execute.before": async (input, output) => {
    if (input.tool !== "bash") return
    const answer = ask(output.args.command, output.args.workdir ?? directory, input.sessionID)
    if (answer.decision !== "allow") throw new Error(answer.reason)
  },
})
