import { EmbeddedPostgresError } from '@kaibo/db/embedded'
import { MigrationError } from '@kaibo/db/migrate'
import { AppError } from '@kaibo/kernel/fail'
import { ConfigError, readConfig } from '../config.ts'
import { commands } from './commands.ts'

/** `kaibo <command>`: every command is a function from settings and arguments to an exit code. */
async function main([name = 'help', ...args]: string[]): Promise<number> {
  const command = commands[name]
  if (!command) {
    console.error(`There is no command "${name}".`)
    return (await commands.help?.run({ config: readConfig({}), args: [] })) ?? 1
  }
  return command.run({ config: readConfig(process.env), args })
}

main(process.argv.slice(2)).then(
  code => process.exit(code),
  (error: unknown) => {
    const isSaid = [ConfigError, EmbeddedPostgresError, MigrationError, AppError].some(
      kind => error instanceof kind,
    )
    console.error(isSaid && error instanceof Error ? error.message : error)
    process.exit(1)
  },
)
