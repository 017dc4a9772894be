// A good 940 to start from; tests break one thing each.
#pragma once

#include <string>

namespace simulator {

inline std::string pick_file(const std::string& order_id = "HO0000000000000000A1") {
    return "ISA*00*          *00*          *ZZ*HEADGATE       *ZZ*WAREHOUSE      *261123*1015*U*00401*000000017*0*P*:~"
           "GS*OW*HEADGATE*WAREHOUSE*20261123*1015*17*X*004010~ST*940*0001~W05*N*" +
           order_id +
           "~N1*ST*Juergen Muessig~N3*Grosse Strasse 7~N4*Osnabrueck**49074*DE~G62*10*20261124~"
           "LX*1~W01*2*EA**VN*HG-120017~LX*2~W01*1*EA**VN*HG-120103~W76*3~SE*12*0001~GE*1*17~IEA*1*000000017~";
}

inline std::string replaced(std::string text, const std::string& what, const std::string& with) {
    const auto at = text.find(what);
    return at == std::string::npos ? "NOT FOUND: " + what : text.replace(at, what.size(), with);
}

}  // namespace simulator
