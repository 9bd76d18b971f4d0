import type { Address } from '@kaibo/contract/people/account'

/** The address to begin with: the default one, else the first. */
export const firstAddress = (addresses: readonly Address[] | undefined): Address | undefined =>
  addresses?.find(address => address.isDefault) ?? addresses?.[0]

/** On one line; a municipality's name stands once. */
export const addressText = ({
  province,
  city,
  district,
  detail,
}: Pick<Address, 'province' | 'city' | 'district' | 'detail'>): string =>
  [province, city === province ? '' : city, district, detail].filter(Boolean).join(' ')
