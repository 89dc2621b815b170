// Medusa's promotions, without its database: computeActions() gets them from memory.
//
// Medusa can say percent_off, amount_off, and buy_get with a rate or an amount. It has no fixed price, no
// n for a price, no cheapest of n, no meal deal, no tiers, no limit of one trip, no group, and nothing
// like an exclusive offer: what it applies stacks.

import { createRequire } from 'node:module';
import { run } from './shop.mjs';

const require = createRequire(import.meta.url);
const { PromotionModuleService } = require('@medusajs/promotion/dist/services/index.js');

// Medusa joins the rules of an offer with "and": a set is products or categories, not both.
function rules(set) {
  if (set.not_products || (set.products && set.categories)) return null;
  const [attribute, values] = set.products
    ? ['items.product.id', set.products]
    : ['items.product.categories', set.categories ?? []];
  if (values.length === 0) return null;
  return [{ attribute, operator: 'in', values: values.map((value) => ({ value })) }];
}

function method(offer) {
  if (offer.bps !== undefined) return { type: 'percentage', value: offer.bps / 100 };
  if (offer.amount_minor !== undefined) return { type: 'fixed', value: offer.amount_minor };
  return null;
}

const most = 1_000_000;

function promotion(offer) {
  if (offer.coupon || offer.group || offer.limit) return null;
  const reward = method(offer);
  if (reward === null) return null;
  const common = { id: offer.id, code: offer.id, is_automatic: false, rules: [], status: 'active' };
  if (offer.kind === 'percent_off' || offer.kind === 'amount_off') {
    const target = rules(offer.set);
    if (target === null) return null;
    return { ...common, type: 'standard',
             application_method: { ...reward, target_type: 'items', allocation: 'each', max_quantity: most,
                                   target_rules: target } };
  }
  if (offer.kind !== 'buy_get' || offer.lesser || offer.consume === 'reward') return null;
  const buy = rules(offer.buy.set);
  const get = rules(offer.get.set);
  if (buy === null || get === null) return null;
  return { ...common, type: 'buyget',
           application_method: { ...reward, target_type: 'items', allocation: 'each', max_quantity: most,
                                 apply_to_quantity: offer.get.m, buy_rules_min_quantity: offer.buy.n,
                                 target_rules: get, buy_rules: buy } };
}

function context(basket) {
  return {
    currency_code: 'eur',
    items: basket.lines.map((line) => {
      const subtotal = line.price_minor * line.units;
      return { id: line.key, quantity: line.units, subtotal, original_total: subtotal, is_discountable: true,
               product: { id: line.product, categories: line.categories } };
    }),
  };
}

function prepare(offers) {
  const promotions = offers.map(promotion).filter((each) => each !== null);
  const codes = promotions.map((each) => each.code);
  const service = Object.create(PromotionModuleService.prototype);
  service.baseRepository_ = { getFreshManager: () => ({}) };
  service.listActivePromotions_ = async () => promotions;
  return {
    offers: promotions.map((each) => each.id),
    answer: (basket) => service.computeActions(codes, context(basket), { prevent_auto_promotions: true }),
    shape: (actions) => ({
      discounts: actions.filter((each) => each.action === 'addItemAdjustment')
        .map((each) => ({ offer: each.code, line: each.item_id, minor: Number(each.amount) })),
    }),
  };
}

await run(prepare);
