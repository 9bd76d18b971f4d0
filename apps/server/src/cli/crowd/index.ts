import type { Booted } from '../../boot.ts'
import { apiUrl, type Config, ConfigError, demoAllowed } from '../../config.ts'
import type { CrowdSummary } from './figures.ts'
import type { CrowdOptions } from './options.ts'
import { runCrowd } from './run.ts'
import { nicknameOf } from './words.ts'

/** Refuses a crowd where real people are, unless asked for it by name. */
export function requireCrowdAllowed(config: Config, options: CrowdOptions): void {
  if (demoAllowed(config)) return
  if (!options.mayInProduction) {
    throw new ConfigError('A crowd is refused in production mode; --in-production allows it.')
  }
  if (options.perMin.buy > 0) {
    throw new ConfigError('There is no sandbox cashier in production mode: add --buy-per-min 0.')
  }
}

/** `kaibo crowd`: synthetic people of this installation, let into a room of its server. */
export const crowdOf = (
  { kaibo }: Booted,
  { config, options }: { config: Config; options: CrowdOptions },
): Promise<CrowdSummary> =>
  runCrowd(
    {
      url: options.url ?? apiUrl(config),
      signIn: count =>
        kaibo.account.signInSynthetic(
          Array.from({ length: count }, (_, at) => ({
            number: at + 1,
            nickname: nicknameOf(at + 1),
          })),
        ),
    },
    options,
  )

/** The summary for people. */
export function describeCrowd(summary: CrowdSummary): string {
  const { joinedCount, peopleCount, durationSec, chat, like, order, refused } = summary
  const lines = [
    `${joinedCount} of ${peopleCount} synthetic people were in room ${summary.liveId} for ${durationSec} s.`,
    `chat    ${chat.sentCount} comments, ${chat.questionCount} questions; seen after p95 ${chat.arrival.p95Ms} ms`,
    `hearts  ${like.tapCount} taps, none of them counted`,
    `orders  ${order.placedCount} placed (p95 ${order.answer.p95Ms} ms), ${order.paidCount} paid, ${order.undoneCount} cancelled or refunded`,
    ...Object.entries(refused).map(([code, count]) => `refused ${code}: ${count}`),
  ]
  return lines.join('\n')
}
