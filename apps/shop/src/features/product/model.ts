import type { Product, Sku } from '@kaibo/contract/catalog'

/** Spec name → the value chosen so far. */
export type Choice = Readonly<Record<string, string>>

export type SpecValue = { value: string; isChosen: boolean; isPossible: boolean }
export type Spec = { name: string; values: SpecValue[] }

const matches = (sku: Sku, choice: Choice): boolean =>
  Object.entries(choice).every(([name, value]) => sku.spec[name] === value)

/**
 * The specs to choose from. A value is possible when some SKU in stock has it together with what is
 * chosen of the *other* specs, so that a choice can always be changed.
 */
export function specsOf(product: Product, choice: Choice): Spec[] {
  const names = Object.keys(product.skus[0]?.spec ?? {})
  return names.map(name => {
    const { [name]: chosen, ...others } = choice
    const values = [...new Set(product.skus.flatMap(sku => sku.spec[name] ?? []))]
    return {
      name,
      values: values.map(value => ({
        value,
        isChosen: chosen === value,
        isPossible: product.skus.some(
          sku => sku.spec[name] === value && sku.available > 0 && matches(sku, others),
        ),
      })),
    }
  })
}

/** The SKU that is fully chosen; undefined while a spec is open. */
export const chosenSku = (product: Product, choice: Choice): Sku | undefined =>
  product.skus.find(
    sku => matches(sku, choice) && Object.keys(sku.spec).length === Object.keys(choice).length,
  )

/** What to begin with: the only SKU, else each spec that has a single value. */
export function firstChoice(product: Product): Choice {
  const [only, ...more] = product.skus
  if (only && more.length === 0) return only.spec
  const single = specsOf(product, {}).filter(spec => spec.values.length === 1)
  return Object.fromEntries(
    single.flatMap(({ name, values: [first] }) => (first ? [[name, first.value]] : [])),
  )
}

/** Lowest and highest price of what can still be chosen; of everything when the choice is gone. */
export function priceRange(product: Product, choice: Choice): { from: number; to: number } {
  const left = product.skus.filter(sku => matches(sku, choice))
  const prices = (left.length > 0 ? left : product.skus).map(sku => sku.priceFen)
  return { from: Math.min(...prices), to: Math.max(...prices) }
}

/** Units of one order line at most. */
export const quantityMax = (sku: Sku | undefined): number => Math.min(sku?.available ?? 1, 99)

/** `50g · 青` */
export const specText = (spec: Readonly<Record<string, string>>): string =>
  Object.values(spec).join(' · ')
