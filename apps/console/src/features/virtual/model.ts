import type { OwnProduct } from '@kaibo/contract/goods/catalog'

/** Variants of a virtual product that nobody can buy yet: how they are delivered is not set. */
export const undeliverable = (
  { isVirtual, skus }: Pick<OwnProduct, 'isVirtual' | 'skus'>,
  rules: readonly { skuId: string }[],
): OwnProduct['skus'] => {
  const ruled = new Set(rules.map(rule => rule.skuId))
  return isVirtual ? skus.filter(sku => !sku.isDisabled && !ruled.has(sku.id)) : []
}

/** Pasted codes, one per line, as the sheet that the API takes: each quoted, so that commas stay. */
export const csvOfCodes = (typed: string): string =>
  [
    'Code',
    ...typed
      .split('\n')
      .map(line => line.trim())
      .filter(line => line !== ''),
  ]
    .map(line => `"${line.replaceAll('"', '""')}"`)
    .join('\r\n')
