import type { CheckReport } from '@kaibo/contract/trade/ledger'
import type { Db } from '@kaibo/db/database'
import { readWhole } from '@kaibo/db/read-whole'
import type { Attitudes } from '@kaibo/modules/attitude'
import type { Audit } from '@kaibo/modules/audit'
import type { Coupons } from '@kaibo/modules/coupon'
import type { FlashSales } from '@kaibo/modules/flashsale'
import type { Follows } from '@kaibo/modules/follow'
import type { Ledger } from '@kaibo/modules/ledger'
import type { Orders } from '@kaibo/modules/order'
import type { Pay } from '@kaibo/modules/pay'
import type { Points } from '@kaibo/modules/points'
import type { Polls } from '@kaibo/modules/poll'
import type { Stock } from '@kaibo/modules/stock'
import type { Virtual } from '@kaibo/modules/virtual'

export type CheckedModules = {
  stock: Pick<Stock, 'check'>
  order: Pick<Orders, 'check'>
  ledger: Pick<Ledger, 'check'>
  pay: Pick<Pay, 'check'>
  audit: Pick<Audit, 'check'>
  coupon: Pick<Coupons, 'check'>
  points: Pick<Points, 'check'>
  flashsale: Pick<FlashSales, 'check'>
  virtual: Pick<Virtual, 'check'>
  follow: Pick<Follows, 'check'>
  poll: Pick<Polls, 'check'>
  attitude: Pick<Attitudes, 'check'>
}

/**
 * Everything that must add up, over all modules: `kaibo doctor`, `kaibo ledger-check`, the API. Our
 * own books are read as they were at one moment, so that orders which go on meanwhile are no findings.
 */
export async function checkAll(db: Db, modules: CheckedModules): Promise<CheckReport> {
  const { stock, order, ledger, audit, coupon, points, flashsale, virtual, pay } = modules
  const { follow, attitude, poll } = modules
  const books = [stock, order, ledger, audit, coupon, points, flashsale, virtual]
  const ofOneMoment = [...books, follow, attitude, poll]
  const reports = await readWhole(db, tx => Promise.all(ofOneMoment.map(each => each.check(tx))))
  // The bank has no such moment: what differs there is looked at again a little later.
  reports.push(await pay.check(db))
  return {
    ok: reports.every(report => report.ok),
    checks: reports.flatMap(report => report.checks),
    findings: reports.flatMap(report => report.findings),
  }
}
