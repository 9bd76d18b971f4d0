import type { NewProduct, Product } from '@kaibo/contract/catalog'
import { parseYuan, yuanText } from '../../components/yuan.ts'
import {
  combinationCount,
  matrixOf,
  rowsOf,
  type SkuMatrix,
  type SkuRow,
  skuCountMax,
  specRecordOf,
  withSpecs,
} from './spec-model.ts'

export type ProductTexts = Pick<Product, 'title' | 'subtitle' | 'description'>
export type ProductForm = ProductTexts & { matrix: SkuMatrix }

export type ProductBody = Omit<NewProduct, 'id'>
/** What is wrong, by the field that shows it: `title`, `price:<row>`, … */
export type Problems = Readonly<Record<string, string>>
export type Checked = { body: ProductBody } | { problems: Problems }

/** The longest that the API takes, in characters. */
export const lengthMax = {
  title: 60,
  subtitle: 80,
  description: 2_000,
  spec: 20,
  value: 30,
} as const
export const pictureCountMax = 9
const stockMax = 1_000_000

/** A form with nothing in it. */
export const emptyForm = (makeId: () => string): ProductForm => ({
  title: '',
  subtitle: '',
  description: '',
  matrix: withSpecs({ specs: [], drafts: {} }, [], makeId),
})

/** The form of a product that exists. */
export const formOf = (product: Product, makeId: () => string): ProductForm => ({
  title: product.title,
  subtitle: product.subtitle,
  description: product.description,
  matrix: matrixOf(
    product.skus.map(sku => ({ ...sku, priceText: yuanText(sku.priceFen) })),
    makeId,
  ),
})

/** What the API gets, or every problem at once. */
export function checkForm(form: ProductForm, pictureFileIds: readonly string[]): Checked {
  const offered = rowsOf(form.matrix).filter(row => row.draft.isOffered)
  const skus = offered.map(row => ({ row, ...amountsOf(row) }))
  const problems: Record<string, string> = {
    ...(form.title.trim() === '' ? { title: 'titleMissing' } : {}),
    ...(pictureFileIds.length === 0 ? { pictures: 'picturesMissing' } : {}),
    ...specProblem(form.matrix, offered),
  }
  for (const { row, priceFen, stock } of skus) {
    if (priceFen === null || priceFen === 0) problems[`price:${row.key}`] = 'priceWrong'
    if (stock === null) problems[`stock:${row.key}`] = 'stockWrong'
  }
  if (Object.keys(problems).length > 0) return { problems }
  return {
    body: {
      title: form.title.trim(),
      subtitle: form.subtitle.trim(),
      description: form.description.trim(),
      pictureFileIds: [...pictureFileIds],
      skus: skus.flatMap(({ row, priceFen, stock }) =>
        priceFen === null || stock === null
          ? []
          : [
              {
                id: row.draft.skuId,
                spec: specRecordOf(form.matrix.specs, row.values),
                priceFen,
                initialStock: stock,
              },
            ],
      ),
    },
  }
}

/** Price in fen and opening stock; the stock of a SKU that exists is left alone. */
function amountsOf({ draft }: SkuRow) {
  const isCount = /^\d{1,7}$/.test(draft.stockText) && Number(draft.stockText) <= stockMax
  const typed = isCount ? Number(draft.stockText) : null
  return {
    priceFen: parseYuan(draft.priceText),
    stock: draft.available === null ? typed : 0,
  }
}

function specProblem({ specs }: SkuMatrix, offered: readonly SkuRow[]): { specs?: string } {
  if (combinationCount(specs) > skuCountMax) return { specs: 'tooManySkus' }
  const names = specs.map(spec => spec.name.trim())
  if (names.includes('')) return { specs: 'specNameMissing' }
  if (hasTwins(names)) return { specs: 'specNameTwice' }
  const values = specs.map(spec => spec.values.map(value => value.text.trim()).filter(Boolean))
  if (values.some(texts => texts.length === 0)) return { specs: 'specValueMissing' }
  if (values.some(hasTwins)) return { specs: 'specValueTwice' }
  return offered.length === 0 ? { specs: 'noSkus' } : {}
}

const hasTwins = (texts: readonly string[]): boolean => new Set(texts).size < texts.length
