import { Phone } from '@kaibo/contract/people/account'
import type { CheckReport } from '@kaibo/contract/trade/ledger'
import { Value } from 'typebox/value'
import { type Booted, boot } from '../boot.ts'
import { type Config, ConfigError, demoAllowed, describeConfig, publicUrl } from '../config.ts'
import { demoAccounts } from '../demo/accounts.ts'
import { seedDemo } from '../demo/seed.ts'
import { liveCallbackSecretOf, loadSecrets } from '../secrets.ts'
import { crowdOf, describeCrowd, requireCrowdAllowed } from './crowd/index.ts'
import { readCrowdOptions } from './crowd/options.ts'
import { doctorChecks } from './doctor.ts'

type Call = { config: Config; args: readonly string[] }
type Command = { readonly says: string; run(call: Call): Promise<number> }

/** Opens the system without serving, and closes it again. */
async function within(config: Config, use: (booted: Booted) => Promise<number>): Promise<number> {
  const booted = await boot(config, { isServing: false })
  try {
    return await use(booted)
  } finally {
    await booted.close()
  }
}

function printReport(report: CheckReport): number {
  for (const { name, rows } of report.checks) {
    const isBroken = report.findings.some(finding => finding.check === name)
    console.log(`${isBroken ? 'BROKEN' : 'ok    '}  ${name}  (${rows} rows)`)
  }
  for (const { check, subject, expected, found, why, repair } of report.findings) {
    console.log(`  ${check}: ${subject}: expected ${expected}, found ${found}`)
    if (why) console.log(`    because ${why}`)
    if (repair) console.log(`    to repair: ${repair}`)
  }
  return report.ok ? 0 : 1
}

/** Checks whose name says that they are about money. */
const isMoney = (name: string) => /^(ledger|pay|order)\./.test(name)

export const commands: Readonly<Record<string, Command>> = {
  help: {
    says: 'this list',
    async run() {
      const width = Math.max(...Object.keys(commands).map(name => name.length))
      for (const [name, { says }] of Object.entries(commands)) {
        console.log(`  kaibo ${name.padEnd(width)}  ${says}`)
      }
      return 0
    },
  },
  config: {
    says: 'every setting with its value and meaning',
    async run({ config }) {
      for (const { name, value, doc } of describeConfig(config))
        console.log(`${name}=${value}\n    ${doc}`)
      return 0
    },
  },
  'live-callback': {
    says: 'the secret address at which the vendor of KAIBO_LIVE tells of publishers',
    async run({ config }) {
      if (config.KAIBO_LIVE === 'embedded')
        throw new ConfigError('The embedded media process has no callbacks.')
      const secret = liveCallbackSecretOf(loadSecrets(config.KAIBO_DATA_DIR))
      console.log(`${publicUrl(config)}/callbacks/live/${config.KAIBO_LIVE}/${secret}`)
      return 0
    },
  },
  reindex: {
    says: 'make the search index anew',
    run: ({ config }) =>
      within(config, async ({ kaibo }) => {
        console.log(`${await kaibo.search.reindex()} products can be found.`)
        return 0
      }),
  },
  migrate: {
    says: 'bring the database schema up to date',
    run: ({ config }) =>
      within(config, async () => {
        console.log('The schema is up to date.')
        return 0
      }),
  },
  seed: {
    says: 'make the demo shops, people and room',
    run: ({ config }) =>
      within(config, async ({ kaibo }) => {
        if (!demoAllowed(config)) throw new ConfigError('Demo data is refused in production mode.')
        await seedDemo(kaibo)
        console.log('The demo data is there.')
        return 0
      }),
  },
  demo: {
    says: 'addresses, demo accounts and the demo room; --json for scripts',
    run: ({ config, args }) =>
      within(config, async ({ kaibo }) => {
        if (!demoAllowed(config)) throw new ConfigError('There is no demo in production mode.')
        const facts = demoFacts(config, await seedDemo(kaibo))
        console.log(args.includes('--json') ? JSON.stringify(facts, null, 2) : facts)
        return 0
      }),
  },
  doctor: {
    says: 'whether everything adds up: schema, stock, orders, money, audit log, queues',
    run: ({ config }) => within(config, async booted => printReport(await doctorChecks(booted))),
  },
  'stock-repair': {
    says: 'what would repair the stock that doctor complains about; --apply does it',
    run: ({ config, args }) =>
      within(config, async ({ kaibo, database }) => {
        if (!args.includes('--apply')) return printReport(await kaibo.stock.check(database.db))
        const done = await kaibo.stock.repair()
        for (const line of done) console.log(`  ${line}`)
        console.log(done.length === 0 ? 'There is nothing to repair.' : `Repaired: ${done.length}`)
        return 0
      }),
  },
  'ledger-check': {
    says: 'whether journals sum to zero and receipts equal paid orders',
    run: ({ config }) =>
      within(config, async ({ kaibo }) => {
        const report = await kaibo.check()
        const findings = report.findings.filter(finding => isMoney(finding.check))
        const checks = report.checks.filter(check => isMoney(check.name))
        return printReport({ ok: findings.length === 0, checks, findings })
      }),
  },
  crowd: {
    says: 'a labelled synthetic crowd in a room: chats, likes, asks, buys, refunds; --json',
    async run({ config, args }) {
      const options = readCrowdOptions(args)
      requireCrowdAllowed(config, options)
      return within(config, async booted => {
        const summary = await crowdOf(booted, { config, options })
        console.log(options.wantsJson ? JSON.stringify(summary, null, 2) : describeCrowd(summary))
        return summary.joinedCount > 0 ? 0 : 1
      })
    },
  },
  'create-admin': {
    says: 'make the person with this phone a platform operator: create-admin 138…',
    run: ({ config, args: [phone = ''] }) =>
      within(config, async ({ kaibo, database }) => {
        if (!Value.Check(Phone, phone))
          throw new ConfigError('Give a mainland mobile number of 11 digits.')
        const wanted = { phone, nickname: 'Operator', roles: ['operator'] as const }
        await database.tx(tx => kaibo.account.ensureUser(tx, wanted))
        console.log('Done: sign in with that phone.')
        return 0
      }),
  },
}

const demoFacts = (config: Config, room: { liveId: string; streamKey: string }) => ({
  shop: `${publicUrl(config)}/`,
  studio: `${publicUrl(config)}/studio/`,
  console: `${publicUrl(config)}/console/`,
  docs: `${publicUrl(config)}/docs`,
  outbox: `${publicUrl(config)}/dev/outbox.json`,
  rtmp: `rtmp://localhost:${config.RTMP_PORT}/live`,
  rooms: [
    { id: room.liveId, url: `${publicUrl(config)}/live/${room.liveId}`, streamKey: room.streamKey },
  ],
  accounts: demoAccounts.map(({ key, phone, nickname, role }) => ({ key, phone, nickname, role })),
})
