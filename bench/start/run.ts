import { median, reporter } from '../lib/report.ts'
import { answerOf, newInstallation, type Settings, start, stop } from '../lib/server.ts'

const runCount = 3
const report = reporter('start', '`npm start` without npm, web apps built')

/** Seconds from the command to the first page. */
async function startOnce(settings: Settings): Promise<number> {
  const startedAt = performance.now()
  const child = start('scripts/start.mjs', settings)
  await answerOf(`http://127.0.0.1:${settings.PORT}/`)
  const seconds = (performance.now() - startedAt) / 1_000
  await stop(child)
  return seconds
}

const first: number[] = []
const second: number[] = []
for (let run = 0; run < runCount; run++) {
  const { settings, remove } = await newInstallation()
  first.push(await startOnce(settings))
  second.push(await startOnce(settings))
  remove()
}
report({ metric: 'first_start', value: median(first), unit: 's', runs: runCount })
report({ metric: 'second_start', value: median(second), unit: 's', runs: runCount })
