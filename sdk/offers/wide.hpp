#pragma once

namespace cartwright::offers {

// Holds every product of two amounts.
__extension__ using Wide = __int128;

}  // namespace cartwright::offers
