#include "host/engine_inline.hpp"

namespace cartwright::host {

InlineEngine::InlineEngine(const cw_driver& driver, InitBlock init)
    : driver_(driver), init_(std::move(init)), calls_(driver, init_.shape()) {}

void InlineEngine::start(EngineListener& listener) {
  listener.engine_ready(driver_.state_size);
}

std::optional<CallReply> InlineEngine::call(const CallRequest& request) {
  return request.kind == CallKind::init ? calls_.init(request.state, init_)
                                        : calls_.input(request.state, request.input);
}

}  // namespace cartwright::host
