import { timingSafeEqual } from 'node:crypto'
import type { Edge, EdgeReply, EdgeRequest } from '@kaibo/contract/core/edge'
import type { Bank } from './bank.ts'
import type { TradeRow } from './store.ts'

const texts = {
  zh: {
    title: '沙箱收银台',
    play: '演示支付 · 不会扣真钱',
    pay: '确认支付',
    paid: '支付成功',
    paidHint: '请返回订单查看结果；若订单已关闭，款项将原路退回',
    closed: '该交易已关闭',
    closedHint: '请回到订单重新发起支付',
    refunded: '已原路退款',
    none: '没有这笔交易',
  },
  en: {
    title: 'Sandbox cashier',
    play: 'Demo payment · no real money moves',
    pay: 'Pay now',
    paid: 'Paid',
    paidHint: 'Please go back to your order. Should it have closed, the money comes back.',
    closed: 'This trade is closed',
    closedHint: 'Please go back to the order and pay again.',
    refunded: 'Refunded',
    none: 'There is no such trade',
  },
} as const
type Texts = (typeof texts)['zh' | 'en']

/** The page on which a buyer pays, and nothing else: plain HTML, works without scripts too. */
export function cashierEdges(bank: Bank, onPaid: () => void): Edge[] {
  const open = async (request: EdgeRequest): Promise<TradeRow | undefined> => {
    const { tradeNo = '' } = request.params
    return isPass(bank.passOf(tradeNo), request.query.pass ?? '') ? bank.find(tradeNo) : undefined
  }
  const show = (request: EdgeRequest, row: TradeRow | undefined): EdgeReply => {
    const text = /^\s*en\b/i.test(request.query.lang ?? request.headers['accept-language'] ?? '')
      ? texts.en
      : texts.zh
    return page(row ? 200 : 404, text, row ? body(text, row) : `<h1>${text.none}</h1>`)
  }
  return [
    {
      method: 'GET',
      path: '/sandbox/cashier/:tradeNo',
      handle: async request => show(request, await open(request)),
    },
    {
      method: 'POST',
      path: '/sandbox/cashier/:tradeNo',
      async handle(request) {
        const row = await open(request)
        const paid = row && (await bank.pay(row.tradeNo))
        if (paid?.state === 'paid') onPaid()
        return show(request, paid)
      },
    },
    {
      method: 'GET',
      path: '/sandbox/style.css',
      handle: async () => ({ status: 200, contentType: 'text/css; charset=utf-8', body: style }),
    },
    {
      method: 'GET',
      path: '/sandbox/cashier.js',
      handle: async () => ({
        status: 200,
        contentType: 'text/javascript; charset=utf-8',
        body: lock,
      }),
    },
  ]
}

function isPass(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)]
  return a.length === b.length && timingSafeEqual(a, b)
}

function body(text: Texts, row: TradeRow): string {
  const amount = `<p class="amount"><small>¥</small>${(row.amountFen / 100).toFixed(2)}</p>`
  const subject = `<p class="subject">${escaped(row.subject)}</p>`
  if (row.state === 'pending')
    return `${subject}${amount}<form method="post"><button autofocus>${text.pay}</button></form>`
  if (row.state === 'paid')
    return `<div class="mark">✓</div><h1>${text.paid}</h1>${amount}<p>${text.paidHint}</p>`
  if (row.state === 'refunded') return `<h1>${text.refunded}</h1>${amount}`
  return `<h1>${text.closed}</h1><p>${text.closedHint}</p>`
}

const page = (status: number, text: Texts, content: string): EdgeReply => ({
  status,
  contentType: 'text/html; charset=utf-8',
  headers: { 'cache-control': 'no-store' },
  body: `<!doctype html><html lang="${text === texts.en ? 'en' : 'zh-CN'}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>${text.title}</title>
<link rel="stylesheet" href="/sandbox/style.css"><script defer src="/sandbox/cashier.js"></script></head><body><main><header>${text.title}</header>${content}
<footer>${text.play}</footer></main></body></html>`,
})

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
}
const escaped = (value: string) => value.replaceAll(/[&<>"]/g, char => escapes[char] ?? char)

/** A press counts once: the button is locked until the answer is there. */
const lock = `document.querySelector('form')?.addEventListener('submit', event => {
  event.submitter.disabled = true
})`

const style = `:root{color-scheme:light}*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;background:#f4f6f8;color:#17212b;font:16px/1.6 system-ui,"PingFang SC","Noto Sans CJK SC",sans-serif}
main{width:min(24rem,100%);padding:1.5rem;text-align:center}header{font-weight:600;color:#51606f;letter-spacing:.04em}
.subject{margin:2rem 0 .25rem;color:#51606f;overflow-wrap:anywhere}.amount{margin:0;font-size:2.75rem;font-weight:700;font-variant-numeric:tabular-nums}.amount small{font-size:1.25rem;margin-right:.2rem}
button{width:100%;min-height:3.25rem;margin-top:2rem;border:0;border-radius:1rem;background:#0b6e4f;color:#fff;font-family:inherit;font-size:1.125rem;font-weight:600;cursor:pointer}
button:hover{background:#095c42}button:disabled{opacity:.6;cursor:default}button:focus-visible{outline:3px solid #7cc7ae;outline-offset:2px}
.mark{width:4.5rem;height:4.5rem;margin:2rem auto 1rem;border-radius:50%;background:#0b6e4f;color:#fff;font-size:2.5rem;line-height:4.5rem}
h1{font-size:1.35rem;margin:.5rem 0}footer{margin-top:2rem;font-size:.8125rem;color:#6a7885}`
