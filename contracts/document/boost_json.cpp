// Boost.JSON's compiled part, once for the whole program; nothing else includes it.
#include <boost/json/src.hpp>
