import { fileURLToPath } from 'node:url'

/** The top folder of the repository, with a slash at the end. */
export const root = fileURLToPath(new URL('../../', import.meta.url))

/** Messages go to stderr, so that a command's own output stays clean for pipes. */
export const say = line => console.error(`kaibo: ${line}`)

/** Something a person can put right: shown as one sentence, without a stack. */
export class Problem extends Error {}

/** Runs a script's main function: its number becomes the exit code, a Problem one clear line. */
export async function main(run) {
  try {
    process.exitCode = await run(process.argv.slice(2))
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    say(error.message)
    process.exitCode = 1
  }
}
