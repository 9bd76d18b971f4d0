// One application process of the crash trials: places until it is killed.
import { text } from 'node:stream/consumers'
import { openDatabase } from '@kaibo/db/database'
import { must } from '@kaibo/kernel/invariant'
import { createMarket, orderRequest, type SoldSku } from '@kaibo/testkit/commerce'
import { ctxOf, userActor } from '@kaibo/testkit/people'
import { personal } from './site.ts'

type Task = { url: string; sku: SoldSku; buyers: { userId: string; addressId: string }[] }

const clients = 64
const task: Task = JSON.parse(await text(process.stdin))
const database = openDatabase({ url: task.url, poolMax: 8 })
const { placement } = createMarket(database, { personal })
const buyers = task.buyers.map(({ userId, addressId }) => ({
  actor: userActor({ userId }),
  addressId,
}))

async function client(): Promise<void> {
  for (;;) {
    const buyer = Math.floor(Math.random() * buyers.length)
    const who = must(buyers[buyer], 'a buyer')
    const request = orderRequest(who, [{ sku: task.sku, quantity: 1 }])
    const answer = await placement.handlers.place(ctxOf(who.actor), request).catch(() => undefined)
    const number = answer?.orders[0]?.number
    if (number) process.stdout.write(`${JSON.stringify({ number, buyer, request })}\n`)
    else await new Promise(resolve => setTimeout(resolve, 20))
  }
}

await Promise.all(Array.from({ length: clients }, client))
