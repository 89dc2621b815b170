#pragma once

// Containers of fixed size for a driver's state: trivially copyable, no allocation. What does not
// fit is refused and told by the result, never cut in silence.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace cartwright::driver {

// A vector of at most N elements.
template <typename T, std::size_t N>
class FixedVector {
 public:
  // False, and nothing changed, when it is full.
  constexpr bool push_back(const T& value) {
    if (size_ == N) return false;
    items_[size_++] = value;
    return true;
  }
  // All or nothing.
  constexpr bool append(std::span<const T> values) {
    if (values.size() > N - size_) return false;
    for (const T& value : values) items_[size_++] = value;
    return true;
  }
  // Takes out the first `count` elements; the rest moves up.
  constexpr void erase_front(std::size_t count) {
    if (count > size_) count = size_;
    for (std::size_t i = count; i < size_; ++i) items_[i - count] = items_[i];
    size_ -= static_cast<std::uint32_t>(count);
  }
  // Without effect on an empty vector.
  constexpr void pop_back() {
    if (size_ != 0) --size_;
  }
  constexpr void clear() { size_ = 0; }
  constexpr std::size_t size() const { return size_; }
  constexpr bool empty() const { return size_ == 0; }
  static constexpr std::size_t capacity() { return N; }
  constexpr T& operator[](std::size_t index) { return items_[index]; }
  constexpr const T& operator[](std::size_t index) const { return items_[index]; }
  constexpr const T* begin() const { return items_.data(); }
  constexpr const T* end() const { return items_.data() + size_; }
  constexpr T* begin() { return items_.data(); }
  constexpr T* end() { return items_.data() + size_; }
  constexpr std::span<const T> view() const { return {items_.data(), size_}; }

 private:
  std::array<T, N> items_{};
  std::uint32_t size_ = 0;
};

// A text of at most N bytes.
template <std::size_t N>
class FixedString {
 public:
  constexpr FixedString() = default;
  // False, and nothing changed, when it does not fit.
  constexpr bool assign(std::string_view text) {
    if (text.size() > N) return false;
    size_ = 0;
    return append(text);
  }
  constexpr bool append(std::string_view text) {
    if (text.size() > N - size_) return false;
    for (const char c : text) chars_[size_++] = c;
    return true;
  }
  constexpr bool push_back(char c) { return append(std::string_view(&c, 1)); }
  constexpr void clear() { size_ = 0; }
  constexpr bool empty() const { return size_ == 0; }
  constexpr std::size_t size() const { return size_; }
  constexpr std::string_view view() const { return {chars_.data(), size_}; }
  constexpr operator std::string_view() const { return view(); }

 private:
  std::array<char, N> chars_{};
  std::uint32_t size_ = 0;
};

// The last N elements: a full ring forgets its oldest.
template <typename T, std::size_t N>
class Ring {
 public:
  constexpr void push(const T& value) {
    items_[(first_ + size_) % N] = value;
    if (size_ < N) {
      ++size_;
    } else {
      first_ = (first_ + 1) % N;
    }
  }
  constexpr void pop_front() {
    if (size_ == 0) return;
    first_ = (first_ + 1) % N;
    --size_;
  }
  constexpr std::size_t size() const { return size_; }
  constexpr bool empty() const { return size_ == 0; }
  // 0 is the oldest.
  constexpr const T& operator[](std::size_t index) const { return items_[(first_ + index) % N]; }

 private:
  std::array<T, N> items_{};
  std::uint32_t first_ = 0;
  std::uint32_t size_ = 0;
};

}  // namespace cartwright::driver
