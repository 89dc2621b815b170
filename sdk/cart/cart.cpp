#include <cartwright/cart.hpp>

#include <atomic>

#include "cart/runtime.hpp"
#include "cart/views.hpp"

namespace cartwright {

class Cart::Impl {
 public:
  explicit Impl(cart::Configuration configuration) : runtime(std::move(configuration)) {}

  cart::Runtime runtime;
  std::atomic<bool> stopping = false;
};

Cart::Cart(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Cart::Cart(Cart&&) noexcept = default;
Cart& Cart::operator=(Cart&&) noexcept = default;
Cart::~Cart() = default;

Cart Cart::open(const std::filesystem::path& configuration) {
  return Cart(std::make_unique<Impl>(cart::read_configuration(configuration)));
}

void Cart::on_event(std::function<void(const Event&)> handler) {
  impl_->runtime.on_event(std::move(handler));
}

void Cart::run() {
  while (!impl_->stopping.exchange(false)) {
    impl_->runtime.loop().wait(std::chrono::milliseconds(-1));
    dispatch();
  }
}

void Cart::stop() noexcept {
  impl_->stopping = true;
  impl_->runtime.loop().wake();
}

int Cart::descriptor() const noexcept {
  return impl_->runtime.loop().descriptor();
}

std::size_t Cart::dispatch() {
  return impl_->runtime.loop().dispatch();
}

std::size_t Cart::wait_and_dispatch(std::chrono::milliseconds longest) {
  impl_->runtime.loop().wait(longest);
  return dispatch();
}

std::string Cart::start_trip() {
  return impl_->runtime.start_trip();
}
void Cart::end_trip(EndCause cause) {
  impl_->runtime.end_trip(cause);
}
Trip Cart::trip() const {
  return impl_->runtime.view();
}
std::string Cart::receipt() const {
  return impl_->runtime.receipt();
}

void Cart::scan(std::string_view code) {
  impl_->runtime.shopping().scan({std::string(code), "", gs1::Symbology::unknown});
}

Line Cart::add_pieces(std::string_view product, std::int64_t pieces) {
  return impl_->runtime.shopping().add(product, offers::Units{pieces});
}

Line Cart::add_grams(std::string_view product, std::int64_t grams) {
  return impl_->runtime.shopping().add(product, offers::Grams(grams));
}

void Cart::put_back(std::string_view key, std::optional<std::int64_t> pieces) {
  impl_->runtime.put_back(key, pieces);
}

Line Cart::set_quantity(std::string_view key, std::int64_t pieces) {
  return impl_->runtime.set_quantity(key, pieces);
}

Line Cart::override_price(std::string_view key, std::int64_t price_minor, std::string_view by,
                          std::string_view reason) {
  return impl_->runtime.override_price(key, price_minor, by, reason);
}

void Cart::note_age_check(int min_age, bool passed, std::string_view by) {
  impl_->runtime.note_age_check(min_age, passed, by);
}

void Cart::cancel_weighing() {
  impl_->runtime.shopping().cancel_weighing();
}

void Cart::set_member(bool member, const std::vector<std::string>& segments) {
  impl_->runtime.deals().set_member(member, segments);
}

void Cart::present_coupon(std::string_view coupon) {
  impl_->runtime.deals().present_coupon(coupon);
}

void Cart::take_back_coupon(std::string_view coupon) {
  impl_->runtime.deals().take_back_coupon(coupon);
}

void Cart::settle_coupon(std::string_view coupon, bool accepted, std::string_view by) {
  impl_->runtime.deals().settle_coupon(coupon, accepted, by);
}

void Cart::redeem_coupon(std::string_view coupon, bool redeem) {
  impl_->runtime.deals().redeem_coupon(coupon, redeem);
}

void Cart::dismiss_nudge(std::string_view offer) {
  impl_->runtime.deals().dismiss_nudge(offer);
}

void Cart::pay(std::string_view terminal) {
  impl_->runtime.checkout().pay(terminal);
}
void Cart::cancel_payment() {
  impl_->runtime.checkout().cancel();
}
void Cart::look_up_payment() {
  impl_->runtime.checkout().look_up();
}
void Cart::resolve_payment(bool taken, std::string_view by) {
  impl_->runtime.checkout().resolve(taken, by);
}

void Cart::set_consent(const ConsentChoice& choice) {
  impl_->runtime.set_consent(choice);
}
void Cart::flush_journey() {
  impl_->runtime.uploader().flush();
}
JourneyStatus Cart::journey() const {
  return impl_->runtime.journey();
}

std::vector<DeviceChanged> Cart::devices() const {
  return impl_->runtime.devices().states();
}

std::vector<DeviceStatistics> Cart::statistics() const {
  return impl_->runtime.devices().statistics();
}

void Cart::check_health(std::string_view unit, Answer done) {
  impl_->runtime.commands().check_health(std::string(unit), std::move(done));
}

void Cart::enable(std::string_view unit, bool enabled, Answer done) {
  impl_->runtime.commands().enable(std::string(unit), enabled, std::move(done));
}

void Cart::vendor_command(std::string_view unit, std::string_view id,
                          const std::vector<std::uint8_t>& data, Answer done) {
  impl_->runtime.commands().vendor_command(std::string(unit), id, std::as_bytes(std::span(data)),
                                           std::move(done));
}

void Cart::update_firmware(std::string_view unit, const std::filesystem::path& image, Answer done) {
  impl_->runtime.commands().update_firmware(std::string(unit), image, std::move(done));
}

void Cart::beep(std::string_view scanner, bool good, Answer done) {
  impl_->runtime.commands().beep(std::string(scanner), good, std::move(done));
}

void Cart::zero_scale(std::string_view scale, Answer done) {
  impl_->runtime.commands().zero_scale(std::string(scale), std::move(done));
}

void Cart::tare_scale(std::string_view scale, std::int64_t grams, Answer done) {
  impl_->runtime.commands().tare_scale(std::string(scale), grams, std::move(done));
}

void Cart::set_brightness(std::string_view display, std::uint32_t percent, Answer done) {
  impl_->runtime.commands().set_brightness(std::string(display), percent, std::move(done));
}

void Cart::end_of_day(std::string_view terminal, Answer done) {
  impl_->runtime.commands().end_of_day(std::string(terminal), std::move(done));
}

void Cart::diagnose(std::string_view terminal, Answer done) {
  impl_->runtime.commands().diagnose(std::string(terminal), std::move(done));
}

void Cart::repeat_receipt(std::string_view terminal, Answer done) {
  impl_->runtime.commands().repeat_receipt(std::string(terminal), std::move(done));
}

void Cart::show(const std::vector<std::string>& lines) {
  impl_->runtime.screens().show(lines);
}

const char* version() noexcept {
  return CARTWRIGHT_VERSION;
}

}  // namespace cartwright
