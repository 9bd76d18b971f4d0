import { type Account, createAccount } from '@kaibo/modules/account'
import { createAudit } from '@kaibo/modules/audit'
import { createFiles } from '@kaibo/modules/files'
import { createShop } from '@kaibo/modules/shop'
import { createWordList } from '@kaibo/modules/wordlist'
import { publicUrl } from '../config.ts'
import type { Base } from './base.ts'
import type { Providers } from './providers.ts'

export type People = ReturnType<typeof composePeople>

/** People, their shops, and what they leave behind: files and audit lines. */
export function composePeople(base: Base, { storage, sms }: Providers) {
  const { config, database, clock, log, personal, isDemo } = base
  const files = createFiles({ database, storage })
  const audit = createAudit({ database, clock })
  const shop = createShop({ database, files, membershipChanged: id => account.forgetPerson(id) })
  const account: Account = createAccount({
    database,
    clock,
    personal,
    sms,
    files,
    shop,
    // A demo signs in many people from one address.
    ...(isDemo ? { codeLimits: { perAddressHourMax: 1_000 } } : {}),
  })
  const ownHosts = [new URL(publicUrl(config)).host]
  const wordlist = createWordList({ database, account, ownHosts, log })
  return { files, audit, shop, account, wordlist }
}
