/** What a demo product is made of, and two short ways to write its SKUs. */

export type Text = { readonly zh: string; readonly en: string }

/** One axis of choice, such as colour or size. */
export type DemoSpec = { readonly name: Text; readonly values: readonly Text[] }

export type DemoSku = {
  /** One value per spec axis, in the order of `specs`. */
  readonly spec: readonly Text[]
  readonly priceFen: number
  /** Units on hand; 0 is sold out. */
  readonly stock: number
}

export type DemoProduct = {
  readonly slug: string
  readonly title: Text
  /** The one line that the host says and the explain card shows. */
  readonly point: Text
  readonly description: Text
  /** Slug of a category of `demo-market.ts`. */
  readonly category: string
  /** Sent weight of one. */
  readonly weightG: number
  /** Path relative to this folder, 800×800. */
  readonly picture: string
  readonly specs: readonly DemoSpec[]
  readonly skus: readonly DemoSku[]
}

export const text = (zh: string, en: string): Text => ({ zh, en })

export const size = text('尺寸', 'Size')
const colour = text('颜色', 'Colour')

type Offer = readonly [value: Text, priceFen: number, stock: number]

/** Specs and SKUs of a product with a single axis of choice. */
export const oneAxis = (
  name: Text,
  offers: readonly Offer[],
): Pick<DemoProduct, 'specs' | 'skus'> => ({
  specs: [{ name, values: offers.map(([value]) => value) }],
  skus: offers.map(([value, priceFen, stock]) => ({ spec: [value], priceFen, stock })),
})

type Column = { readonly value: Text; readonly priceFen: number }
type Row = { readonly value: Text; readonly stock: readonly number[] }

/** Specs and SKUs of colour × size: the price follows the size, the stock is given per pair. */
export const colourBySize = (
  sizes: readonly Column[],
  colours: readonly Row[],
): Pick<DemoProduct, 'specs' | 'skus'> => ({
  specs: [
    { name: colour, values: colours.map(row => row.value) },
    { name: size, values: sizes.map(column => column.value) },
  ],
  skus: colours.flatMap(row =>
    sizes.map((column, at) => ({
      spec: [row.value, column.value],
      priceFen: column.priceFen,
      stock: row.stock[at] ?? 0,
    })),
  ),
})
