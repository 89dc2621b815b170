// json-rules-engine, merely matching: which offers have a unit of the basket in each of their sets. No
// discount is worked out, and units are not counted.

import { Engine } from 'json-rules-engine';
import { run } from './shop.mjs';

function holds(set) {
  const words = [
    ...(set.products ?? []).map((value) => ({ fact: 'products', operator: 'contains', value })),
    ...(set.categories ?? []).map((value) => ({ fact: 'categories', operator: 'contains', value })),
  ];
  return words.length === 0 || set.not_products ? null : { any: words };
}

function sets(offer) {
  if (offer.kind === 'buy_get') return [offer.buy.set, offer.get.set];
  if (offer.kind === 'meal_deal') return offer.slots.map((slot) => slot.set);
  return offer.kind === 'basket' ? [offer.scope ?? {}] : [offer.set];
}

function prepare(offers) {
  const engine = new Engine([], { allowUndefinedFacts: true });
  const known = [];
  for (const offer of offers) {
    const conditions = sets(offer).map(holds);
    if (conditions.includes(null)) continue;
    engine.addRule({ conditions: { all: conditions }, event: { type: offer.id } });
    known.push(offer.id);
  }
  return {
    offers: known,
    answer: (basket) => engine.run({
      products: basket.lines.map((line) => line.product),
      categories: [...new Set(basket.lines.flatMap((line) => line.categories))],
    }),
    shape: (result) => ({ matched: result.events.length }),
  };
}

await run(prepare);
