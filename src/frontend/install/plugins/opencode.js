export const Argvet = async ({ directory }) => ({
  "tool.execute.before": async (input, output) => {
    const { command, workdir } = output.args ?? {}
    // Kilo starts commands by a second tool. What the tool `task` calls a command is a prompt.
    const isShell = input.tool === "bash" || (input.tool !== "task" && typeof command === "string")
    if (!isShell) return
    const answer = ask(command, workdir ?? directory, input.sessionID)
    if (answer.decision !== "allow") throw new Error(answer.reason)
  },
})
