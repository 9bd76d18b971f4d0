import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')

const grounds = ['--bg', '--surface', '--raised', '--sunken'] as const
const texts = ['--text', '--text-muted', '--text-faint', '--accent-text', '--danger'] as const
const onSoft = ['accent', 'success', 'warning', 'danger', 'info'] as const

/** The hex colours of one theme block. */
function colorsOf(theme: 'paper' | 'room'): Map<string, string> {
  const start = css.indexOf(`[data-theme="${theme}"]`, css.indexOf('@media'))
  const block = css.slice(start, css.indexOf('\n}', start))
  const pairs = [...block.matchAll(/(--[\w-]+): (#[0-9a-f]{6});/g)]
  return new Map(pairs.map(([, name = '', value = '']) => [name, value]))
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map(at => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

test.each(['paper', 'room'] as const)('in %s every text colour is AA on every ground', theme => {
  const colors = colorsOf(theme)
  const of = (name: string) => colors.get(name) ?? `no ${name}`
  for (const ground of grounds) {
    for (const text of texts) {
      if (ground === '--sunken' && text === '--accent-text') continue
      expect(contrast(of(text), of(ground)), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5)
    }
  }
  for (const tone of onSoft) {
    const text = of(tone === 'accent' ? '--accent-text' : `--${tone}`)
    expect(contrast(text, of(`--${tone}-soft`)), `${tone} badge`).toBeGreaterThanOrEqual(4.5)
  }
  expect(contrast(of('--line-strong'), of('--surface')), 'borders').toBeGreaterThanOrEqual(3)
  const fills = [...css.matchAll(/--accent-fill: .*?(#\w{6}), (#\w{6})/g)]
  expect(fills).toHaveLength(2)
  for (const [, from = '', to = ''] of fills) {
    expect(contrast(from, of('--accent-ink'))).toBeGreaterThanOrEqual(4.5)
    expect(contrast(to, of('--accent-ink'))).toBeGreaterThanOrEqual(4.5)
  }
})
