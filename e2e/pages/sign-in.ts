import type { Page } from './page.ts'

/** Signs in on the form that is open, with the code from the dev outbox. */
export async function signIn(page: Page, at: { url: string; phone: string }): Promise<void> {
  await page.getByRole('textbox', { name: '手机号' }).fill(at.phone)
  await page.getByRole('button', { name: '获取验证码' }).click()
  const code = await codeFor(at)
  await page.getByRole('textbox', { name: '短信验证码' }).fill(code)
}

/** The code that was sent to a phone last. */
export async function codeFor({ url, phone }: { url: string; phone: string }): Promise<string> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const reply = await fetch(`${url}/dev/outbox.json`)
    const { items } = (await reply.json()) as { items: { phone: string; text: string }[] }
    const code = /\d{6}/.exec(items.find(item => item.phone === phone)?.text ?? '')?.[0]
    if (code) return code
    await new Promise(resolve => setTimeout(resolve, 100))
  }
  throw new Error(`no code for ${phone}`)
}
